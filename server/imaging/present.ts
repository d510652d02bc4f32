import type { z } from 'zod'
import type { Enhancement, Snapshot } from '#shared/imaging.ts'
import { Recipe } from '#shared/imaging-recipe.ts'
import type { SnapshotWithVariants, StoredPicture } from '../records/index.ts'
import type { EnhancementRow } from './enhancement.entity.ts'

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

export function presentEnhancement(row: EnhancementRow): z.input<typeof Enhancement> {
  const { id, snapshotId, name, state, failure, createdAt, createdBy } = row
  const { width, height, bytes, sha256, engine } = row
  const recipe = Recipe.parse(JSON.parse(row.recipeJson))
  return {
    id,
    snapshotId,
    name,
    recipe,
    state,
    failure,
    createdAt,
    createdBy,
    width,
    height,
    bytes,
    sha256,
    engine,
  }
}
