import { DomainError } from '#shared/errors.ts'
import { EncounterId, NoteId } from '#shared/ids.ts'
import type { AppointmentId, ConsultId, OrganizationId, PatientId, PractitionerId } from '#shared/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import { changeEncounter, findEncounter, findEncounterOf, insertEncounter } from './encounters.store.ts'
import type { RecordsNeeds } from './needs.ts'
import { insertNote } from './note.store.ts'

/** The visit that begins, as the consult knows it; `id` is the appointment. */
export type BeginningVisit = {
  id: AppointmentId
  consultId: ConsultId
  organizationId: OrganizationId
  patientId: PatientId
  practitionerId: PractitionerId
  reason: string
}

/** Opens the encounter of a consult with an empty note; a second call returns the same one. */
export async function startEncounter(
  { clock, audit, identity }: RecordsNeeds,
  tx: Tx,
  ctx: Context,
  visit: BeginningVisit,
): Promise<EncounterId> {
  const before = await findEncounterOf(tx, visit.consultId)
  if (before) return before.id
  const [practitioner] = await identity.practitioners(tx, [visit.practitionerId])
  if (!practitioner) throw new DomainError('not_found')
  const now = clock.now()
  const id = newId(EncounterId, clock)
  const { patientId, practitionerId, organizationId, consultId, reason } = visit
  await insertEncounter(tx, {
    id,
    organizationId,
    patientId,
    practitionerId,
    practitionerName: practitioner.displayName,
    appointmentId: visit.id,
    consultId,
    status: 'in-progress',
    reason,
    startedAt: now,
    endedAt: null,
  })
  await insertNote(tx, { id: newId(NoteId, clock), encounterId: id, patientId, updatedAt: now })
  audit.append(tx, ctx, { action: 'encounter.started', patientId, entity: { kind: 'encounter', id } })
  return id
}

/** Ends the encounter; the note stays open until it is signed. A second call changes nothing. */
export async function finishEncounter(
  { clock, audit }: RecordsNeeds,
  tx: Tx,
  ctx: Context,
  id: EncounterId,
): Promise<void> {
  const encounter = await findEncounter(tx, id)
  if (!encounter) throw new DomainError('not_found')
  if (encounter.status === 'finished') return
  await changeEncounter(tx, id, { status: 'finished', endedAt: clock.now() })
  const { patientId } = encounter
  audit.append(tx, ctx, { action: 'encounter.finished', patientId, entity: { kind: 'encounter', id } })
}
