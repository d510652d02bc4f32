import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { AppointmentId, IdempotencyKey, OrganizationId, PatientId, PractitionerId } from './ids.ts'
import { Instant, ZoneName } from './time.ts'
import { Practitioner } from './identity.ts'

/** FHIR R4 AppointmentStatus, the part that Bedside uses. */
export const AppointmentStatus = z.enum([
  'booked',
  'arrived',
  'checked-in',
  'fulfilled',
  'cancelled',
  'noshow',
])
export type AppointmentStatus = z.infer<typeof AppointmentStatus>

/** Starts lie on the five-minute grid; lengths are multiples of five minutes. */
export const cellMs = 5 * 60_000
export const GridInstant = Instant.refine((at) => at % cellMs === 0, 'must lie on the five-minute grid')
export const LengthMinutes = z.number().int().min(5).max(240).multipleOf(5)

export const Appointment = z.strictObject({
  id: AppointmentId,
  status: AppointmentStatus,
  organizationId: OrganizationId,
  patient: z.strictObject({ id: PatientId, displayName: z.string() }),
  practitioner: z.strictObject({ id: PractitionerId, displayName: z.string() }),
  startsAt: Instant,
  endsAt: Instant,
  zone: ZoneName,
  /** Why the visit was booked, in the words of the person who booked it. */
  reason: z.string(),
  version: z.number().int(),
})
export type Appointment = z.infer<typeof Appointment>

const byId = z.strictObject({ appointmentId: AppointmentId })

/** The calendar: who works when, and what is booked, in [from, to), at most 8 days. */
export const readSchedule = endpoint({
  method: 'GET',
  path: '/api/schedule',
  query: z.strictObject({
    from: z.coerce.number().int(),
    to: z.coerce.number().int(),
    practitionerId: PractitionerId.optional(),
  }),
  reply: z.strictObject({
    zone: ZoneName,
    practitioners: z.array(Practitioner),
    availability: z.array(
      z.strictObject({ practitionerId: PractitionerId, startsAt: Instant, endsAt: Instant }),
    ),
    appointments: z.array(Appointment),
  }),
})

/** Free starts for one practitioner and length, earliest first, at most 200. */
export const findSlots = endpoint({
  method: 'GET',
  path: '/api/slots',
  query: z.strictObject({
    practitionerId: PractitionerId,
    from: z.coerce.number().int(),
    to: z.coerce.number().int(),
    minutes: z.coerce.number().pipe(LengthMinutes),
  }),
  reply: z.strictObject({ slots: z.array(Instant) }),
})

export const BookingInput = z.strictObject({
  patientId: PatientId,
  practitionerId: PractitionerId,
  startsAt: GridInstant,
  minutes: LengthMinutes,
  reason: z.string().trim().min(1).max(500),
  idempotencyKey: IdempotencyKey,
})
export type BookingInput = z.infer<typeof BookingInput>

/** Errors: `slot_taken` with `nextFree` (epoch ms), `outside_availability` with `nextFree`. */
export const bookAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments',
  body: BookingInput,
  reply: Appointment,
  status: 201,
})
export const readAppointment = endpoint({
  method: 'GET',
  path: '/api/appointments/:appointmentId',
  params: byId,
  reply: Appointment,
})
export const cancelAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/cancel',
  params: byId,
  body: z.strictObject({ version: z.number().int(), reason: z.string().trim().max(500) }),
  reply: Appointment,
})
export const rescheduleAppointment = endpoint({
  method: 'POST',
  path: '/api/appointments/:appointmentId/reschedule',
  params: byId,
  body: z.strictObject({ version: z.number().int(), startsAt: GridInstant, minutes: LengthMinutes }),
  reply: Appointment,
})

/** The signed-in patient's own visits, upcoming first. */
export const listMyAppointments = endpoint({
  method: 'GET',
  path: '/api/my/appointments',
  reply: z.strictObject({ upcoming: z.array(Appointment), past: z.array(Appointment) }),
})
