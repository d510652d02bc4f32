import type { z } from 'zod'
import type { Snapshot } from '#shared/imaging.ts'
import type { SnapshotWithVariants, StoredPicture } from '../records/index.ts'

type Wire = z.input<typeof Snapshot>

/** Size and bytes are those of the original. */
export function present({ id, consultId, takenAt, state, recipe, variants }: SnapshotWithVariants): Wire {
  const original = variants.find(({ variant }) => variant === 'original')
  if (!original) throw new Error('a snapshot without its original')
  const { width, height, bytes } = original
  return { id, consultId, takenAt, state, recipe, width, height, bytes }
}

export function presentNew(
  { id, consultId, takenAt }: Pick<SnapshotWithVariants, 'id' | 'consultId' | 'takenAt'>,
  { width, height, bytes }: Pick<StoredPicture, 'width' | 'height' | 'bytes'>,
): Wire {
  return { id, consultId, takenAt, state: 'processing', recipe: null, width, height, bytes }
}
