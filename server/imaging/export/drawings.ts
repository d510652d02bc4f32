import { mostUneven, evenScaleOf, type EvenScale } from '../pipeline/kernels/even-scale.ts'
import { scaleOf, type Size } from '../pipeline/kernels/measure.ts'
import { AnnotationShape } from '#shared/imaging-viewer.ts'
import type { Tx } from '../../platform/db.ts'
import { uidWithin } from '../dicom/uid.ts'
import type { AnnotationId, EnhancementId, SnapshotId } from '#shared/ids.ts'
import type { AnnotationRow } from '../viewer/annotation.entity.ts'
import { annotationsNamed, annotationsOf } from '../viewer/annotations.store.ts'

/** Something that is drawn on a picture, and when. */
export type Drawing = Pick<AnnotationRow, 'id' | 'createdAt'> & { shape: AnnotationShape }

/** All that is drawn on a picture now, oldest first. */
export async function drawingsOn(tx: Tx, snapshotId: SnapshotId): Promise<Drawing[]> {
  return (await annotationsOf(tx, snapshotId)).map(drawingOf)
}

/** What was drawn on a picture when these were all of it, oldest first; some may have been removed since. */
export async function drawingsNamed(tx: Tx, ids: readonly AnnotationId[]): Promise<Drawing[]> {
  return (await annotationsNamed(tx, ids)).map(drawingOf)
}

function drawingOf({ id, createdAt, kind, geometry, label }: AnnotationRow): Drawing {
  const text = label === null ? {} : { text: label }
  const kept = JSON.parse(geometry) as Record<string, unknown>
  return { id, createdAt, shape: AnnotationShape.parse({ kind, ...kept, ...text }) }
}

/** Of the file that these drawings on a picture (an original or an enhancement) become. */
export function drawingsUid(
  pictureId: SnapshotId | EnhancementId,
  drawings: readonly Pick<Drawing, 'id'>[],
): string {
  return uidWithin(pictureId, `drawings ${drawings.map(({ id }) => id).join(' ')}`)
}

/** The scale that a file may give for all of the picture; null without a calibration, and for one that was taken at a slant. */
export function exportedScale(drawings: readonly Drawing[], size: Size): EvenScale | null {
  const scale = scaleOf(
    drawings.map(({ shape }) => shape),
    size,
  )
  const even = scale && evenScaleOf(scale, size)
  return even && even.worst <= mostUneven ? even : null
}
