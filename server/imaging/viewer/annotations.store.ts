import { In, IsNull, Not } from 'typeorm'
import type { AnnotationId, SnapshotId } from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'
import type { Tx } from '../../platform/db.ts'
import { annotationEntity } from './annotation.entity.ts'
import type { AnnotationRow } from './annotation.entity.ts'

export async function insertAnnotation(tx: Tx, row: AnnotationRow): Promise<void> {
  await tx.manager.insert(annotationEntity, row)
}

export function findAnnotation(tx: Tx, id: AnnotationId): Promise<AnnotationRow | null> {
  return tx.manager.findOneBy(annotationEntity, { id })
}

/** Those that are still there, oldest first. */
export function annotationsOf(tx: Tx, snapshotId: SnapshotId): Promise<AnnotationRow[]> {
  return tx.manager.find(annotationEntity, {
    where: { snapshotId, removedAt: IsNull() },
    order: { createdAt: 'ASC', id: 'ASC' },
  })
}

/** Those of these ids, removed or not, oldest first. */
export function annotationsNamed(tx: Tx, ids: readonly AnnotationId[]): Promise<AnnotationRow[]> {
  return tx.manager.find(annotationEntity, {
    where: { id: In([...ids]) },
    order: { createdAt: 'ASC', id: 'ASC' },
  })
}

/** Of one side, with those that were removed. */
export function countAnnotations(
  tx: Tx,
  snapshotId: SnapshotId,
  authorRole: AnnotationRow['authorRole'],
): Promise<number> {
  return tx.manager.countBy(annotationEntity, { snapshotId, authorRole })
}

/** False when it was removed before. */
export async function markRemoved(tx: Tx, id: AnnotationId, removedAt: Instant): Promise<boolean> {
  const { affected } = await tx.manager.update(annotationEntity, { id, removedAt: IsNull() }, { removedAt })
  return affected === 1
}

/** False when it is there. */
export async function unmarkRemoved(tx: Tx, id: AnnotationId): Promise<boolean> {
  const { affected } = await tx.manager.update(
    annotationEntity,
    { id, removedAt: Not(IsNull()) },
    { removedAt: null },
  )
  return affected === 1
}
