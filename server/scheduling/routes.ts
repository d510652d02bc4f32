import {
  bookAppointment,
  cancelAppointment,
  findSlots,
  listMyAppointments,
  readAppointment,
  readSchedule,
  rescheduleAppointment,
} from '#shared/scheduling.ts'
import type { Http } from '../platform/http.ts'
import { eitherOf, staff } from '../platform/policy.ts'
import type { Policy } from '../platform/policy.ts'
import { book } from './book.ts'
import { cancel } from './cancel.ts'
import type { SchedulingNeeds } from './needs.ts'
import { appointment, myAppointments, schedule, slots } from './read.ts'
import { reschedule } from './reschedule.ts'

const bookers = staff('scheduler', 'practitioner')
/** A link opens one consult, so a guest does not see the patient's other visits. */
const signedInPatient: Policy = {
  sentence: 'The signed-in patient',
  allows: (actor) => actor.kind === 'user' && actor.role === 'patient',
}
const concerned = eitherOf(bookers, signedInPatient)

export function schedulingRoutes(http: Http, needs: SchedulingNeeds): void {
  http.route(readSchedule, { policy: bookers, limit: 'read' }, (ctx, { query }) =>
    schedule(needs, ctx, query),
  )
  http.route(findSlots, { policy: bookers, limit: 'read' }, (ctx, { query }) => slots(needs, ctx, query))
  http.route(bookAppointment, { policy: bookers, limit: 'write' }, (ctx, { body }) => book(needs, ctx, body))
  http.route(readAppointment, { policy: concerned, limit: 'read' }, (ctx, { params }) =>
    appointment(needs, ctx, params.appointmentId),
  )
  http.route(cancelAppointment, { policy: concerned, limit: 'write' }, (ctx, { params, body }) =>
    cancel(needs, ctx, { ...params, ...body }),
  )
  http.route(rescheduleAppointment, { policy: bookers, limit: 'write' }, (ctx, { params, body }) =>
    reschedule(needs, ctx, { ...params, ...body }),
  )
  http.route(listMyAppointments, { policy: signedInPatient, limit: 'read' }, (ctx) =>
    myAppointments(needs, ctx),
  )
}
