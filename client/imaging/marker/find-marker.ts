import type { Gains } from '#kernels/white-balance.ts'
import { readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import type { PicturePoint } from '#shared/imaging-viewer.ts'
import { addressOf } from '../../platform/api.ts'
import type { FromMarkerWorker } from './marker.worker.ts'

export type FoundMarker =
  | { found: true; corners: PicturePoint[]; gains: Gains | null }
  | { found: false; reason: 'no_marker' | 'too_small' | 'too_slanted' }

/**
 * Looks for the printed reference marker on a picture's original, in a worker. Corners are in shares of the picture,
 * clockwise from the top left one as printed.
 * @throws Error when the picture cannot be had or searched
 */
export async function findMarker({ id: snapshotId }: Snapshot): Promise<FoundMarker> {
  const address = addressOf(readSnapshotImage, { params: { snapshotId, variant: 'original' } })
  const response = await fetch(address, { credentials: 'same-origin' })
  if (!response.ok) throw new Error(`The original cannot be read (${response.status})`)
  const picture = await createImageBitmap(await response.blob(), { imageOrientation: 'from-image' })
  const reply = await ask(picture)
  if (!reply.found) throw new Error(reply.reason)
  if (!reply.found.found) return reply.found
  const { corners, gains } = reply.found
  // A pixel's middle lies half a pixel from its edge, from where shares are counted.
  const places = corners.map(({ x, y }) => ({ x: (x + 0.5) / reply.width, y: (y + 0.5) / reply.height }))
  return { found: true, corners: places, gains }
}

async function ask(picture: ImageBitmap): Promise<FromMarkerWorker> {
  const worker = new Worker(new URL('marker.worker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise<FromMarkerWorker>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FromMarkerWorker>) => {
        resolve(data)
      })
      worker.addEventListener('error', ({ message }) => {
        reject(new Error(message))
      })
      worker.postMessage(picture, [picture])
    })
  } finally {
    worker.terminate()
  }
}
