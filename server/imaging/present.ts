import type { z } from 'zod'
import type { Enhancement, Snapshot } from '#shared/imaging.ts'
import type { Context } from '../platform/context.ts'
import type { SnapshotWithVariants, StoredPicture } from '../records/index.ts'
import type { EnhancementRow } from './enhancement.entity.ts'
import { keptContent } from './content.ts'
import { keptQuality } from './quality.ts'
import { keptRecipe } from './recipes.ts'
import { originalOf } from './samples.ts'

type Wire = z.input<typeof Snapshot>

/** Size and bytes are those of the original. What it may be a picture of is a hint for practitioners alone. */
export function present(row: SnapshotWithVariants, { actor }: Pick<Context, 'actor'>): Wire {
  const { id, consultId, takenAt, state, recipe, origin, qualityJson } = row
  const { width, height, bytes } = originalOf(row)
  const quality = keptQuality(qualityJson)
  const bodySite = row.siteCode && { code: row.siteCode, laterality: row.siteLaterality }
  const said = keptContent(row.contentJson)
  const isPractitioner = actor.kind === 'user' && actor.role === 'practitioner'
  const content = said && { ...said, type: isPractitioner ? said.type : null }
  const awaitsContent = row.contentWanted === 'guard'
  return {
    id,
    consultId,
    takenAt,
    state,
    recipe,
    origin,
    quality,
    bodySite,
    content,
    awaitsContent,
    width,
    height,
    bytes,
  }
}

type Taken = Pick<SnapshotWithVariants, 'id' | 'consultId' | 'takenAt' | 'origin'> & {
  awaitsContent: boolean
}

export function presentNew(
  { id, consultId, takenAt, origin, awaitsContent }: Taken,
  { width, height, bytes }: Pick<StoredPicture, 'width' | 'height' | 'bytes'>,
): Wire {
  const taken = { id, consultId, takenAt, origin, width, height, bytes, awaitsContent }
  return { ...taken, state: 'processing', recipe: null, quality: null, bodySite: null, content: null }
}

export function presentEnhancement(row: EnhancementRow): z.input<typeof Enhancement> {
  const { id, snapshotId, name, state, failure, createdAt, createdBy } = row
  const { width, height, bytes, sha256, engine } = row
  const recipe = keptRecipe(row.recipeJson)
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
