import type { SnapshotWithVariants } from '../records/index.ts'
import { asFact } from './errors.ts'
import type { ImagingNeeds } from './needs.ts'
import type { Pixels } from './pipeline/index.ts'

export function originalOf({ variants }: SnapshotWithVariants): SnapshotWithVariants['variants'][number] {
  const original = variants.find(({ variant }) => variant === 'original')
  if (!original) throw new Error('a snapshot without its original')
  return original
}

/** The original's samples, upright, its longer edge at most `maxEdge`. @throws busy, image_rejected, unavailable */
export async function samplesOf(
  { blobs, pipeline }: Pick<ImagingNeeds, 'blobs' | 'pipeline'>,
  snapshot: SnapshotWithVariants,
  maxEdge: number,
): Promise<Pixels> {
  const bytes = await blobs.get(originalOf(snapshot).blobKey)
  return answered(pipeline.pixels(bytes, maxEdge))
}

/** Waits for a child process, and says as a fact why there is no answer. @throws busy, image_rejected, unavailable */
export async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw asFact(error)
  }
}
