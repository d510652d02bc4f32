import { journal } from '../../platform/journal.ts'
import { jpegOf, measure, type Size } from './measure.ts'
import { reasonsOf, type Taken } from './taken.ts'

const photoWithinMs = 5000
/** Photos take about a second each: more are taken only while they are blurred. */
const photosWithinMs = 4000
const frameWithinMs = 6000
const raiseWithinMs = 2500
const growWithinMs = 3000
const burst = 5
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

/**
 * The sharpest of a burst of five from the own camera at its full resolution, never a decoded copy of what was sent: photos
 * where the camera takes larger ones than it films, or else frames for which the camera films as large as it can. JPEG or
 * PNG. Throws NoPicture.
 */
export async function takePicture(track: MediaStreamTrack): Promise<Taken> {
  const { width = 0, height = 0 } = track.getSettings()
  const filmed = { width, height }
  const photo = await sharpestPhoto(track, filmed)
  if (photo) return photo
  const { wanted, restore } = await filmAsLargeAsPossible(track, filmed)
  try {
    return await sharpestFrame(track, wanted)
  } catch (error) {
    throw new NoPicture(error)
  } finally {
    await restore()
  }
}

/** The first that is not blurred, or the sharpest. */
async function sharpestPhoto(track: MediaStreamTrack, filmed: Size): Promise<Taken | null> {
  // Not in Safari and Firefox.
  if (typeof ImageCapture === 'undefined') return null
  let sharpest: Taken | null = null
  try {
    const camera = new ImageCapture(track)
    const { imageWidth, imageHeight } = await within(camera.getPhotoCapabilities(), photoWithinMs)
    const promised = { width: imageWidth?.max ?? 0, height: imageHeight?.max ?? 0 }
    if (!isLarger(promised, filmed)) return null
    const until = performance.now() + photosWithinMs
    for (let count = 0; count < burst && performance.now() < until; count++) {
      const photo = await onePhoto(camera, filmed)
      if (!photo) break
      if (!sharpest || photo.measures.sharpness > sharpest.measures.sharpness) sharpest = photo
      if (!reasonsOf(sharpest).includes('blurred')) break
    }
  } catch (error) {
    journal('The camera takes no photo; what there is is used', error)
  }
  return sharpest
}

async function onePhoto(camera: ImageCapture, filmed: Size): Promise<Taken | null> {
  const picture = await within(camera.takePhoto(), photoWithinMs)
  if (picture.size > maxBytes) return null
  const bitmap = await createImageBitmap(picture)
  const { width, height } = bitmap
  // Some cameras promise more than they give.
  const taken = isLarger(bitmap, filmed) ? { picture, measures: measure(bitmap, { width, height }) } : null
  bitmap.close()
  return taken
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
      // What else was asked of the camera stays, its light above all.
      track.applyConstraints({ ...asBefore, width: { ideal: width }, height: { ideal: height } }),
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

async function sharpestFrame(track: MediaStreamTrack, wanted: Size): Promise<Taken> {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  try {
    await within(video.play(), frameWithinMs)
    await within(frameOfSize(video, wanted), frameWithinMs)
    let best = frameOf(video)
    let spare = document.createElement('canvas')
    for (let count = 1; count < burst; count++) {
      await within(nextFrame(video), frameWithinMs)
      const next = frameOf(video, spare)
      spare = next.canvas
      if (next.measures.sharpness > best.measures.sharpness) {
        spare = best.canvas
        best = next
      }
    }
    return { picture: await jpegOf(best.canvas, quality), measures: best.measures }
  } finally {
    video.srcObject = null
  }
}

function frameOf(video: HTMLVideoElement, canvas = document.createElement('canvas')) {
  const size = { width: video.videoWidth, height: video.videoHeight }
  canvas.width = size.width
  canvas.height = size.height
  const context = canvas.getContext('2d', { alpha: false })
  if (!context || size.width === 0) throw new Error('There is nothing to draw')
  context.drawImage(video, 0, 0)
  return { canvas, measures: measure(canvas, size) }
}

/** Frames of the former size run out first. A camera that does not grow gives what it has. */
async function frameOfSize(video: HTMLVideoElement, wanted: Size): Promise<void> {
  const until = performance.now() + growWithinMs
  do {
    await nextFrame(video)
    // A phone held upright turns width and height; their product stays.
  } while (video.videoWidth * video.videoHeight < wanted.width * wanted.height && performance.now() < until)
}

function nextFrame(video: HTMLVideoElement): Promise<unknown> {
  return new Promise((resolve) => video.requestVideoFrameCallback(resolve))
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
