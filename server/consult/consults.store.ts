import { In } from 'typeorm'
import type { ObjectLiteral } from 'typeorm'
import type { AppointmentId, ConsultId, EncounterId, PractitionerId } from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'
import type { Tx } from '#server/platform/db.ts'
import { consultEntity } from './consult.entity.ts'
import type { ConsultRow } from './consult.entity.ts'
import type { CallState, EndReason } from './call.state.ts'
import { notFound } from './errors.ts'

export function findConsult(tx: Tx, id: ConsultId): Promise<ConsultRow | null> {
  return tx.manager.findOneBy(consultEntity, { id })
}

export function findConsultOf(tx: Tx, appointmentId: AppointmentId): Promise<ConsultRow | null> {
  return tx.manager.findOneBy(consultEntity, { appointmentId })
}

export function consultsOf(tx: Tx, appointmentIds: AppointmentId[]): Promise<ConsultRow[]> {
  if (appointmentIds.length === 0) return Promise.resolve([])
  return tx.manager.findBy(consultEntity, { appointmentId: In(appointmentIds) })
}

export function consultsById(tx: Tx, ids: ConsultId[]): Promise<ConsultRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return tx.manager.findBy(consultEntity, { id: In(ids) })
}

/** Reads the row for a change: on MySQL it stays locked until the commit, SQLite has one writer anyway. */
export function lockConsult(tx: Tx, id: ConsultId): Promise<ConsultRow> {
  return lockWhere(tx, 'c.id = :id', { id })
}

export function lockConsultOf(tx: Tx, appointmentId: AppointmentId): Promise<ConsultRow> {
  return lockWhere(tx, 'c.appointmentId = :appointmentId', { appointmentId })
}

async function lockWhere(tx: Tx, where: string, values: ObjectLiteral): Promise<ConsultRow> {
  const query = tx.manager.createQueryBuilder(consultEntity, 'c').where(where, values)
  const row = await (tx.engine === 'mysql' ? query.setLock('pessimistic_write') : query).getOne()
  if (!row) throw notFound()
  return row
}

export async function insertConsult(tx: Tx, row: ConsultRow): Promise<void> {
  await tx.manager.insert(consultEntity, row)
}

/** Writes a locked row back with the next version, and returns it. */
export async function saveConsult(tx: Tx, row: ConsultRow, change: Partial<ConsultRow>): Promise<ConsultRow> {
  const next = { ...row, ...change, version: row.version + 1 }
  await tx.manager.update(consultEntity, { id: row.id }, { ...change, version: next.version })
  return next
}

/** 1 is next: first by the booked time, then by who came first. */
export async function queuePosition(tx: Tx, row: ConsultRow): Promise<number> {
  const before = await tx.manager
    .createQueryBuilder(consultEntity, 'c')
    .where('c.practitionerId = :practitionerId AND c.state = :state', {
      practitionerId: row.practitionerId,
      state: 'waiting',
    })
    .andWhere(
      '(c.startsAt < :startsAt OR (c.startsAt = :startsAt AND (c.waitingSince < :since OR (c.waitingSince = :since AND c.id < :id))))',
      { startsAt: row.startsAt, since: row.waitingSince, id: row.id },
    )
    .getCount()
  return before + 1
}

export function waitingFor(tx: Tx, practitionerId: PractitionerId): Promise<ConsultRow[]> {
  return tx.manager.findBy(consultEntity, { practitionerId, state: 'waiting' })
}

/** Everyone in this queue has something new to see: the place. */
export async function raiseVersionsOfQueue(tx: Tx, practitionerId: PractitionerId): Promise<void> {
  await tx.manager.increment(consultEntity, { practitionerId, state: 'waiting' }, 'version', 1)
}

export function liveConsults(tx: Tx): Promise<ConsultRow[]> {
  return tx.manager.findBy(consultEntity, { state: 'live' })
}

export async function countConsults(tx: Tx): Promise<{ waiting: number; live: number }> {
  const [waiting, live] = await Promise.all([
    tx.manager.countBy(consultEntity, { state: 'waiting' }),
    tx.manager.countBy(consultEntity, { state: 'live' }),
  ])
  return { waiting, live }
}

/** The row's columns as the state that they mean. */
export function callOf(row: ConsultRow): CallState {
  switch (row.state) {
    case 'preparing':
      return { state: 'preparing' }
    case 'waiting':
      return { state: 'waiting', waitingSince: known(row.waitingSince) }
    case 'live':
      return {
        state: 'live',
        waitingSince: known(row.waitingSince),
        startedAt: known(row.startedAt),
        encounterId: known(row.encounterId),
      }
    case 'ended':
      return {
        state: 'ended',
        endedAt: known(row.endedAt),
        reason: known(row.endReason),
        visit:
          row.startedAt === null || row.encounterId === null
            ? null
            : { startedAt: row.startedAt, encounterId: row.encounterId },
      }
  }
}

type CallColumns = Pick<
  ConsultRow,
  'state' | 'waitingSince' | 'startedAt' | 'endedAt' | 'endReason' | 'encounterId'
>

export function columnsOfCall(call: CallState): CallColumns {
  const none: CallColumns = {
    state: call.state,
    waitingSince: null,
    startedAt: null,
    endedAt: null,
    endReason: null,
    encounterId: null,
  }
  switch (call.state) {
    case 'preparing':
      return none
    case 'waiting':
      return { ...none, waitingSince: call.waitingSince }
    case 'live':
      return {
        ...none,
        waitingSince: call.waitingSince,
        startedAt: call.startedAt,
        encounterId: call.encounterId,
      }
    case 'ended':
      return {
        ...none,
        endedAt: call.endedAt,
        endReason: call.reason,
        startedAt: call.visit?.startedAt ?? null,
        encounterId: call.visit?.encounterId ?? null,
      }
  }
}

function known<T extends Instant | EndReason | EncounterId>(value: T | null): T {
  if (value === null) throw new Error('the columns of this consult do not fit its state')
  return value
}
