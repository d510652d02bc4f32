import { journal } from '../platform/journal.ts'

const photoWithinMs = 5000
const frameWithinMs = 6000
const raiseWithinMs = 2500
const growWithinMs = 3000
const quality = 0.95
/** Below what the server takes (15 MB). */
const maxBytes = 14 * 1024 * 1024
/** More is not asked of a camera while it films: phones stall. */
const maxWidth = 3840

export class NoPicture extends Error {
  constructor(cause?: unknown) {
    super('The camera gave no picture', { cause })
    this.name = 'NoPicture'
  }
}

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * A picture from the own camera at its full resolution, never a decoded copy of what was sent: a photo where the camera
 * takes larger ones than it films, or else a frame for which the camera films as large as it can. JPEG or PNG.
 * Throws NoPicture.
 */
export async function takePicture(track: MediaStreamTrack): Promise<Blob> {
  const { width = 0, height = 0 } = track.getSettings()
  const filmed = { width, height }
  const photo = await largerPhoto(track, filmed)
  if (photo) return photo
  const { wanted, restore } = await filmAsLargeAsPossible(track, filmed)
  try {
    return await frameOf(track, wanted)
  } catch (error) {
    throw new NoPicture(error)
  } finally {
    await restore()
  }
}

async function largerPhoto(track: MediaStreamTrack, filmed: Size): Promise<Blob | null> {
  // Not in Safari and Firefox.
  if (typeof ImageCapture === 'undefined') return null
  try {
    const camera = new ImageCapture(track)
    const { imageWidth, imageHeight } = await within(camera.getPhotoCapabilities(), photoWithinMs)
    const promised = { width: imageWidth?.max ?? 0, height: imageHeight?.max ?? 0 }
    if (!isLarger(promised, filmed)) return null
    const photo = await within(camera.takePhoto(), photoWithinMs)
    if (photo.size > maxBytes) return null
    // Some cameras promise more than they give.
    const bitmap = await createImageBitmap(photo)
    const larger = isLarger(bitmap, filmed)
    bitmap.close()
    return larger ? photo : null
  } catch (error) {
    journal('The camera takes no photo; a frame is used', error)
    return null
  }
}

/** `restore` puts the camera back to its former size. The call goes on meanwhile, on the same track. */
async function filmAsLargeAsPossible(
  track: MediaStreamTrack,
  filmed: Size,
): Promise<{ wanted: Size; restore: () => Promise<void> }> {
  const asBefore = track.getConstraints()
  const capabilities = 'getCapabilities' in track ? track.getCapabilities() : {}
  const width = Math.min(maxWidth, capabilities.width?.max ?? 0)
  const height = Math.round((width * filmed.height) / Math.max(1, filmed.width))
  if (!isLarger({ width, height }, filmed) || height > (capabilities.height?.max ?? 0)) {
    return { wanted: filmed, restore: async () => Promise.resolve() }
  }
  try {
    await within(
      track.applyConstraints({ width: { ideal: width }, height: { ideal: height } }),
      raiseWithinMs,
    )
  } catch (error) {
    journal('The camera does not film larger', error)
  }
  // A camera that another window uses too stays as it is, and says so only here.
  const settings = track.getSettings()
  return {
    wanted: { width: settings.width ?? 0, height: settings.height ?? 0 },
    restore: async () => {
      try {
        await track.applyConstraints(asBefore)
      } catch (error) {
        journal('The camera goes on filming large', error)
      }
    },
  }
}

async function frameOf(track: MediaStreamTrack, wanted: Size): Promise<Blob> {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  try {
    await within(video.play(), frameWithinMs)
    await within(frameOfSize(video, wanted), frameWithinMs)
    const canvas = document.createElement('canvas')
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    const context = canvas.getContext('2d', { alpha: false })
    if (!context || canvas.width === 0) throw new Error('There is nothing to draw')
    context.drawImage(video, 0, 0)
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => {
          if (blob) resolve(blob)
          else reject(new Error('The picture could not be encoded'))
        },
        'image/jpeg',
        quality,
      )
    })
  } finally {
    video.srcObject = null
  }
}

/** Frames of the former size run out first. A camera that does not grow gives what it has. */
async function frameOfSize(video: HTMLVideoElement, wanted: Size): Promise<void> {
  const until = performance.now() + growWithinMs
  do {
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve))
    // A phone held upright turns width and height; their product stays.
  } while (video.videoWidth * video.videoHeight < wanted.width * wanted.height && performance.now() < until)
}

function isLarger(a: Size, b: Size): boolean {
  return a.width * a.height > b.width * b.height
}

function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`No picture within ${ms} ms`))
    }, ms)
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer)
    })
  })
}
