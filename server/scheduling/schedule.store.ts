import { Between, In } from 'typeorm'
import type { OrganizationId, PractitionerId } from '#shared/ids.ts'
import { RecordId } from '#shared/ids.ts'
import type { Instant, Interval } from '#shared/time.ts'
import type { Clock } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import type { Availability, DayException, WeeklyRule } from './availability.ts'
import {
  availabilityExceptionEntity,
  availabilityRuleEntity,
  bookingCellEntity,
  scheduleEntity,
} from './schedule.entity.ts'

export async function hasSchedule(tx: Tx, practitionerId: PractitionerId): Promise<boolean> {
  return tx.manager.existsBy(scheduleEntity, { id: practitionerId })
}

/** The kept rules of each practitioner; those without a schedule are missing. */
export async function availabilityOf(
  tx: Tx,
  practitionerIds: readonly PractitionerId[],
): Promise<Map<PractitionerId, Availability>> {
  if (practitionerIds.length === 0) return new Map()
  const of = In([...practitionerIds])
  const schedules = await tx.manager.findBy(scheduleEntity, { id: of })
  const rules = await tx.manager.findBy(availabilityRuleEntity, { scheduleId: of })
  const exceptions = await tx.manager.findBy(availabilityExceptionEntity, { scheduleId: of })
  return new Map(
    schedules.map(({ id, zone }) => [
      id,
      {
        zone,
        rules: rules.filter(({ scheduleId }) => scheduleId === id),
        exceptions: exceptions.filter(({ scheduleId }) => scheduleId === id),
      },
    ]),
  )
}

/** Starts of the booked cells in the window. */
export async function busyCells(
  tx: Tx,
  practitionerId: PractitionerId,
  { startsAt, endsAt }: Interval,
): Promise<Set<Instant>> {
  const cells = await tx.manager.find(bookingCellEntity, {
    select: { cellStart: true, scheduleId: true, lane: true },
    where: { scheduleId: practitionerId, cellStart: Between(startsAt, endsAt - 1) },
  })
  return new Set(cells.map(({ cellStart }) => cellStart))
}

export type NewSchedule = {
  practitionerId: PractitionerId
  organizationId: OrganizationId
  zone: string
  rules: readonly WeeklyRule[]
}

export async function insertSchedule(
  tx: Tx,
  clock: Clock,
  { practitionerId, organizationId, zone, rules }: NewSchedule,
): Promise<void> {
  await tx.manager.insert(scheduleEntity, {
    id: practitionerId,
    organizationId,
    zone,
    createdAt: clock.now(),
  })
  await tx.manager.insert(
    availabilityRuleEntity,
    rules.map((rule) => ({ ...rule, id: newId(RecordId, clock), scheduleId: practitionerId })),
  )
}

export async function insertException(
  tx: Tx,
  clock: Clock,
  practitionerId: PractitionerId,
  exception: DayException,
): Promise<void> {
  await tx.manager.insert(availabilityExceptionEntity, {
    ...exception,
    id: newId(RecordId, clock),
    scheduleId: practitionerId,
  })
}
