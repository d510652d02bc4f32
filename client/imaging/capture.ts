import { journal } from '../platform/journal.ts'

const photoWithinMs = 5000
const frameWithinMs = 4000
const quality = 0.95
/** Below what the server takes (15 MB). */
const maxBytes = 14 * 1024 * 1024

export class NoPicture extends Error {
  constructor(cause?: unknown) {
    super('The camera gave no picture', { cause })
    this.name = 'NoPicture'
  }
}

/**
 * A picture from the own camera at its full resolution: a photo where the camera takes larger ones than it films, or else
 * the very frame that the camera delivers, never a decoded copy of what was sent. JPEG. Throws NoPicture.
 */
export async function takePicture(track: MediaStreamTrack): Promise<Blob> {
  const photo = await largerPhoto(track)
  if (photo) return photo
  try {
    return await frameOf(track)
  } catch (error) {
    throw new NoPicture(error)
  }
}

async function largerPhoto(track: MediaStreamTrack): Promise<Blob | null> {
  // Not in Safari and Firefox.
  if (typeof ImageCapture === 'undefined') return null
  try {
    const camera = new ImageCapture(track)
    const { imageWidth, imageHeight } = await within(camera.getPhotoCapabilities(), photoWithinMs)
    const { width = 0, height = 0 } = track.getSettings()
    if ((imageWidth?.max ?? 0) * (imageHeight?.max ?? 0) <= width * height) return null
    const photo = await within(camera.takePhoto(), photoWithinMs)
    return photo.type === 'image/jpeg' && photo.size > 0 && photo.size <= maxBytes ? photo : null
  } catch (error) {
    journal('The camera takes no photo; a frame is used', error)
    return null
  }
}

async function frameOf(track: MediaStreamTrack): Promise<Blob> {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  try {
    await within(video.play(), frameWithinMs)
    await within(new Promise((resolve) => video.requestVideoFrameCallback(resolve)), frameWithinMs)
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
