import { mostUneven, evenScaleOf, type EvenScale } from '../pipeline/kernels/even-scale.ts'
import { scaleOf, type Size } from '../pipeline/kernels/measure.ts'
import { AnnotationShape } from '#shared/imaging-viewer.ts'
import type { Tx } from '../../platform/db.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { AnnotationRow } from '../viewer/annotation.entity.ts'
import { annotationsOf } from '../viewer/annotations.store.ts'

/** Something that is drawn on a picture, and when. */
export type Drawing = Pick<AnnotationRow, 'id' | 'createdAt'> & { shape: AnnotationShape }

/** All that is drawn on a picture now, oldest first. */
export async function drawingsOn(tx: Tx, snapshotId: SnapshotId): Promise<Drawing[]> {
  const rows = await annotationsOf(tx, snapshotId)
  return rows.map(({ id, createdAt, kind, geometry, label }) => {
    const text = label === null ? {} : { text: label }
    const kept = JSON.parse(geometry) as Record<string, unknown>
    return { id, createdAt, shape: AnnotationShape.parse({ kind, ...kept, ...text }) }
  })
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
