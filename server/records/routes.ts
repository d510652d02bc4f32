import * as wire from '#shared/records.ts'
import type { Http } from '../platform/http.ts'
import { patients, staff } from '../platform/policy.ts'
import { newAllergy, newCondition, newMedication, newObservation } from './chart.ts'
import { readContext } from './context.ts'
import { followUp } from './follow-up.ts'
import type { RecordsNeeds } from './needs.ts'
import { amendNote, readNote, saveNote, signNote } from './note.ts'
import { add, search } from './patients.ts'
import { ownSummaries, visitSummary } from './visit-summary.ts'

/** Who a patient is may be known at the desk; what ails them is between patient and practitioner. */
const desk = staff('scheduler', 'practitioner')
const practitioners = staff('practitioner')
const reading = { policy: practitioners, limit: 'read' } as const
const writing = { policy: practitioners, limit: 'write' } as const

/** Every way into the records by HTTP. */
export function recordsRoutes(http: Http, needs: RecordsNeeds): void {
  http.route(wire.searchPatients, { policy: desk, limit: 'read' }, (ctx, { body }) =>
    search(needs, ctx, body.query),
  )
  http.route(wire.addPatient, { policy: desk, limit: 'write' }, (ctx, { body }) => add(needs, ctx, body))

  http.route(wire.readPatientContext, reading, (ctx, { params }) => readContext(needs, ctx, params.patientId))
  http.route(wire.addCondition, writing, (ctx, { params, body }) =>
    newCondition(needs, ctx, params.patientId, body),
  )
  http.route(wire.addAllergy, writing, (ctx, { params, body }) =>
    newAllergy(needs, ctx, params.patientId, body),
  )
  http.route(wire.addMedication, writing, (ctx, { params, body }) =>
    newMedication(needs, ctx, params.patientId, body),
  )
  http.route(wire.addObservation, writing, (ctx, { params, body }) =>
    newObservation(needs, ctx, params.patientId, body),
  )

  http.route(wire.readNote, reading, (ctx, { params }) => readNote(needs, ctx, params.encounterId))
  http.route(wire.saveNote, writing, (ctx, { params, body }) => saveNote(needs, ctx, { ...params, ...body }))
  http.route(wire.signNote, writing, (ctx, { params, body }) => signNote(needs, ctx, { ...params, ...body }))
  http.route(wire.amendNote, writing, (ctx, { params, body }) =>
    amendNote(needs, ctx, { ...params, ...body }),
  )
  http.route(wire.bookFollowUp, writing, (ctx, { params, body }) =>
    followUp(needs, ctx, params.encounterId, body),
  )

  http.route(wire.listMySummaries, { policy: patients, limit: 'read' }, async (ctx) => ({
    summaries: await ownSummaries(needs, ctx),
  }))
  http.route(wire.readVisitSummary, { policy: patients, limit: 'read' }, (ctx, { params }) =>
    visitSummary(needs, ctx, params.consultId),
  )
}
