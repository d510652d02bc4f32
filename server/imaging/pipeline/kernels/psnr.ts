// What OpenCV adds to the error, so that equal pictures have a number too.
const epsilon = 2 ** -52

/**
 * Peak signal-to-noise ratio in dB of two pictures of 8-bit samples of the same shape, one a pixel or interleaved:
 * 20 log10(255 / root mean squared difference). 361.2 for equal ones. Equal to OpenCV's PSNR(a, b) within 1e-12 of
 * itself.
 */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  let squares = 0
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!
    squares += difference * difference
  }
  return 20 * Math.log10(255 / (Math.sqrt(squares / a.length) + epsilon))
}
