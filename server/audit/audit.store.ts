import type { PatientId } from '#shared/ids.ts'
import type { Tx } from '../platform/db.ts'
import { auditEventEntity, auditHeadEntity, type AuditHeadRow, type AuditRow } from './audit.entity.ts'
import type { Head } from './chain.ts'

const headId = 1
const rowsPerInsert = 50

/** Reads the head and holds its lock until the commit, so that appends come one after another on every server. */
export async function lockHead(tx: Tx): Promise<Head> {
  const query = headQuery(tx)
  // SQLite knows no row locks and needs none: it has one writer.
  if (tx.engine === 'mysql') query.setLock('pessimistic_write')
  return present(await query.getOneOrFail())
}

export async function readHead(tx: Tx): Promise<Head> {
  return present(await headQuery(tx).getOneOrFail())
}

export async function appendRows(tx: Tx, rows: readonly AuditRow[], head: Head): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsPerInsert)
    await tx.manager.insert(auditEventEntity, rows.slice(at, at + rowsPerInsert))
  await tx.manager.update(auditHeadEntity, { id: headId }, head)
}

/** Rows after `sequence` in the order of the chain. */
export function rowsAfter(tx: Tx, sequence: number, limit: number): Promise<AuditRow[]> {
  return tx.manager
    .createQueryBuilder(auditEventEntity, 'e')
    .where('e.sequence > :sequence', { sequence })
    .orderBy('e.sequence')
    .take(limit)
    .getMany()
}

export type AuditFilter = {
  action?: string | undefined
  patientId?: PatientId | undefined
  actorId?: string | undefined
  /** Half-open: from <= at < to. */
  from?: number | undefined
  to?: number | undefined
  /** Only rows with a smaller sequence. */
  before?: number | undefined
  limit: number
}

/** Newest first. */
export function findRows(tx: Tx, filter: AuditFilter): Promise<AuditRow[]> {
  const query = tx.manager
    .createQueryBuilder(auditEventEntity, 'e')
    .orderBy('e.sequence', 'DESC')
    .take(filter.limit)
  if (filter.action !== undefined) query.andWhere('e.action = :action', { action: filter.action })
  if (filter.patientId !== undefined)
    query.andWhere('e.patientId = :patientId', { patientId: filter.patientId })
  if (filter.actorId !== undefined) query.andWhere('e.actorId = :actorId', { actorId: filter.actorId })
  if (filter.from !== undefined) query.andWhere('e.at >= :from', { from: filter.from })
  if (filter.to !== undefined) query.andWhere('e.at < :to', { to: filter.to })
  if (filter.before !== undefined) query.andWhere('e.sequence < :before', { before: filter.before })
  return query.getMany()
}

/** Every action that occurs, in alphabetical order. */
export async function knownActions(tx: Tx): Promise<string[]> {
  const rows = await tx.manager
    .createQueryBuilder(auditEventEntity, 'e')
    .select('e.action', 'action')
    .groupBy('e.action')
    .orderBy('e.action')
    .getRawMany<{ action: string }>()
  return rows.map((row) => row.action)
}

function headQuery(tx: Tx) {
  return tx.manager.createQueryBuilder(auditHeadEntity, 'h').where('h.id = :id', { id: headId })
}

function present({ sequence, hash }: AuditHeadRow): Head {
  return { sequence, hash }
}
