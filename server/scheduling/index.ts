import type { EncounterId, AppointmentId, PatientId, PractitionerId } from '#shared/ids.ts'
import type { Appointment, AppointmentStatus } from '#shared/scheduling.ts'
import type { Instant } from '#shared/time.ts'
import type { Context, UserActor } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { Http } from '../platform/http.ts'
import { appointmentEntity } from './appointment.entity.ts'
import type { AppointmentRow } from './appointment.entity.ts'
import { appointmentsBetween, findAppointment, followUpOf } from './appointments.store.ts'
import { book } from './book.ts'
import { hasCareRelationship } from './care.ts'
import type { Booking } from './book.ts'
import type { SchedulingNeeds } from './needs.ts'
import { maySee } from './policy.ts'
import { schedulingRoutes } from './routes.ts'
import {
  availabilityExceptionEntity,
  availabilityRuleEntity,
  bookingCellEntity,
  scheduleEntity,
} from './schedule.entity.ts'
import { setStatus } from './status.ts'

export const schedulingEntities = [
  scheduleEntity,
  availabilityRuleEntity,
  availabilityExceptionEntity,
  appointmentEntity,
  bookingCellEntity,
]

export type Scheduling = {
  addRoutes(http: Http): void
  find(tx: Tx, id: AppointmentId): Promise<AppointmentRow | null>
  /** Those of one practitioner that start in [from, to), earliest first. */
  between(tx: Tx, practitionerId: PractitionerId, from: Instant, to: Instant): Promise<AppointmentRow[]>
  /** Whether the appointment is one that the actor may know of: at the desk, as its practitioner or its patient. */
  maySee(
    tx: Tx,
    actor: UserActor,
    appointment: Pick<AppointmentRow, 'organizationId' | 'practitionerId' | 'patientId'>,
  ): Promise<boolean>
  /** The patient is in the waiting room, was admitted, was seen, did not come. Doing it twice changes nothing. */
  arrive(tx: Tx, ctx: Context, id: AppointmentId): Promise<void>
  checkIn(tx: Tx, ctx: Context, id: AppointmentId): Promise<void>
  fulfil(tx: Tx, ctx: Context, id: AppointmentId): Promise<void>
  markNoShow(tx: Tx, ctx: Context, id: AppointmentId): Promise<void>
  book(ctx: Context, booking: Booking): Promise<Appointment>
  /** The earliest follow-up agreed in an encounter that still stands. */
  followUpOf(tx: Tx, encounterId: EncounterId): Promise<AppointmentRow | null>
  /** True from a year after to sixty days before a visit of the two that was not cancelled. */
  hasCareRelationship(tx: Tx, practitionerId: PractitionerId, patientId: PatientId): Promise<boolean>
}

export function createScheduling(needs: SchedulingNeeds): Scheduling {
  const become = (status: AppointmentStatus) => (tx: Tx, ctx: Context, id: AppointmentId) =>
    setStatus(needs, tx, ctx, id, status)
  return {
    addRoutes: (http) => schedulingRoutes(http, needs),
    find: findAppointment,
    async between(tx, practitionerId, from, to) {
      const rows = await appointmentsBetween(tx, [practitionerId], { startsAt: from, endsAt: to })
      return rows.filter(({ startsAt }) => startsAt >= from)
    },
    maySee: (tx, actor, appointment) => maySee(tx, needs, actor, appointment),
    arrive: become('arrived'),
    checkIn: become('checked-in'),
    fulfil: become('fulfilled'),
    markNoShow: become('noshow'),
    book: (ctx, booking) => book(needs, ctx, booking),
    followUpOf,
    hasCareRelationship: (tx, practitionerId, patientId) =>
      hasCareRelationship(tx, practitionerId, patientId, needs.clock.now()),
  }
}
