import { In, type SelectQueryBuilder } from 'typeorm'
import type { OrganizationId, PatientId } from '#shared/ids.ts'
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
export async function findRows(tx: Tx, filter: AuditFilter): Promise<AuditRow[]> {
  const span = await spanOf(tx, filter)
  return span === null ? [] : matching(tx, filter, span).getMany()
}

const owners = ['organizationId', 'custodianId'] as const
// SQLite joins at most 500 selects; each organization takes one for each of its two columns.
const organizationsAtOnce = 200
// Behind a function, so that no engine takes the index of an organization where there is a much better one.
const isTheirs = owners.map((owner) => `COALESCE(e.${owner}, '') IN (:...organizations)`).join(' OR ')

/** As findRows, of what the organizations did or keep. */
export async function findRowsWithin(
  tx: Tx,
  organizations: readonly OrganizationId[],
  filter: AuditFilter,
): Promise<AuditRow[]> {
  const span = await spanOf(tx, filter)
  if (span === null || organizations.length === 0) return []
  // One patient or one person has few rows: those are read by that index, and looked through.
  if (filter.patientId !== undefined || filter.actorId !== undefined)
    return matching(tx, filter, span).andWhere(`(${isTheirs})`, { organizations }).getMany()

  // An index for each organization gives its newest rows in order; the newest of these are the page.
  const sequences: number[] = []
  for (let at = 0; at < organizations.length; at += organizationsAtOnce) {
    const each = organizations
      .slice(at, at + organizationsAtOnce)
      .flatMap((id) =>
        owners.map((owner) =>
          matching(tx, filter, span)
            .select('e.sequence', 'sequence')
            .andWhere(`e.${owner} = :id`, { id })
            .getQueryAndParameters(),
        ),
      )
    const rows: { sequence: number | string }[] = await tx.manager.query(
      each.map(([sql], n) => `SELECT * FROM (${sql}) part${n}`).join(' UNION '),
      each.flatMap(([, values]): unknown[] => values),
    )
    sequences.push(...rows.map(({ sequence }) => Number(sequence)))
  }
  const page = sequences.sort((a, b) => b - a).slice(0, filter.limit)
  return tx.manager.find(auditEventEntity, { where: { sequence: In(page) }, order: { sequence: 'DESC' } })
}

type Span = { first?: number; last?: number }

/**
 * Where in the chain the asked time lies, so that no index is walked from its end back to then. Clocks of several servers
 * do not run alike: the time itself still has to be compared. Null when nothing was kept in that time.
 */
async function spanOf(tx: Tx, { from, to }: AuditFilter): Promise<Span | null> {
  if (from === undefined && to === undefined) return {}
  const query = tx.manager
    .createQueryBuilder(auditEventEntity, 'e')
    .select('MIN(e.sequence)', 'first')
    .addSelect('MAX(e.sequence)', 'last')
  if (from !== undefined) query.andWhere('e.at >= :from', { from })
  if (to !== undefined) query.andWhere('e.at < :to', { to })
  const span = await query.getRawOne<{ first: number | string | null; last: number | string | null }>()
  if (!span || span.first === null || span.last === null) return null
  return { first: Number(span.first), last: Number(span.last) }
}

function matching(tx: Tx, filter: AuditFilter, { first, last }: Span): SelectQueryBuilder<AuditRow> {
  const query = tx.manager
    .createQueryBuilder(auditEventEntity, 'e')
    .orderBy('e.sequence', 'DESC')
    .limit(filter.limit)
  if (filter.action !== undefined) query.andWhere('e.action = :action', { action: filter.action })
  if (filter.patientId !== undefined)
    query.andWhere('e.patientId = :patientId', { patientId: filter.patientId })
  if (filter.actorId !== undefined) query.andWhere('e.actorId = :actorId', { actorId: filter.actorId })
  if (filter.from !== undefined) query.andWhere('e.at >= :from', { from: filter.from })
  if (filter.to !== undefined) query.andWhere('e.at < :to', { to: filter.to })
  if (first !== undefined) query.andWhere('e.sequence >= :first', { first })
  if (last !== undefined) query.andWhere('e.sequence <= :last', { last })
  if (filter.before !== undefined) query.andWhere('e.sequence < :before', { before: filter.before })
  return query
}

/** Every action that occurs, in alphabetical order. */
export async function knownActions(tx: Tx): Promise<string[]> {
  const rows: { action: string }[] = await tx.manager.query(
    'SELECT DISTINCT action FROM audit_event ORDER BY action',
  )
  return rows.map((row) => row.action)
}

/** As knownActions, of what the organizations did or keep. */
export async function actionsWithin(tx: Tx, organizations: readonly OrganizationId[]): Promise<string[]> {
  if (organizations.length === 0) return []
  const ids = organizations.map(() => '?').join()
  const occursAs = (owner: string) =>
    `EXISTS (SELECT 1 FROM audit_event e WHERE e.${owner} IN (${ids}) AND e.action = known.action)`
  const rows: { action: string }[] = await tx.manager.query(
    `SELECT action FROM (SELECT DISTINCT action FROM audit_event) known
     WHERE ${occursAs('organization_id')} OR ${occursAs('custodian_id')} ORDER BY action`,
    [...organizations, ...organizations],
  )
  return rows.map((row) => row.action)
}

function headQuery(tx: Tx) {
  return tx.manager.createQueryBuilder(auditHeadEntity, 'h').where('h.id = :id', { id: headId })
}

function present({ sequence, hash }: AuditHeadRow): Head {
  return { sequence, hash }
}
