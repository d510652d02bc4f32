import { ConsultId, ParticipantId } from '#shared/ids.ts'
import type { Clock } from '#server/platform/clock.ts'
import { isUniqueViolation } from '#server/platform/db.ts'
import type { Tx } from '#server/platform/db.ts'
import { newId } from '#server/platform/ids.ts'
import type { ConsultRow, ParticipantRow } from './consult.entity.ts'
import { findConsultOf, insertConsult, lockConsultOf, saveConsult } from './consults.store.ts'
import type { AppointmentFacts } from './needs.ts'
import { findParticipant, insertParticipant, lockParticipant } from './participants.store.ts'

/** The consult of an appointment; made by whoever comes first. Follows an appointment that was moved. */
export async function ensureConsult(tx: Tx, clock: Clock, visit: AppointmentFacts): Promise<ConsultRow> {
  const known = (await findConsultOf(tx, visit.id)) ?? (await insertedOrFound(tx, clock, visit))
  if (known.startsAt === visit.startsAt && known.endsAt === visit.endsAt) return known
  const locked = await lockConsultOf(tx, visit.id)
  return saveConsult(tx, locked, { startsAt: visit.startsAt, endsAt: visit.endsAt })
}

async function insertedOrFound(tx: Tx, clock: Clock, visit: AppointmentFacts): Promise<ConsultRow> {
  const row: ConsultRow = {
    id: newId(ConsultId, clock),
    appointmentId: visit.id,
    organizationId: visit.organizationId,
    patientId: visit.patientId,
    practitionerId: visit.practitionerId,
    startsAt: visit.startsAt,
    endsAt: visit.endsAt,
    version: 1,
    state: 'preparing',
    waitingSince: null,
    startedAt: null,
    endedAt: null,
    endReason: null,
    encounterId: null,
    deviceCheck: null,
    createdAt: clock.now(),
  }
  try {
    await insertConsult(tx, row)
    return row
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return lockConsultOf(tx, visit.id)
  }
}

/** The seat of one role; made empty by whoever comes first. */
export async function ensureParticipant(
  tx: Tx,
  clock: Clock,
  consultId: ConsultId,
  role: ParticipantRow['role'],
): Promise<ParticipantRow> {
  const known = await findParticipant(tx, consultId, role)
  if (known) return known
  const now = clock.now()
  const row: ParticipantRow = {
    id: newId(ParticipantId, clock),
    consultId,
    role,
    presence: 'left',
    presenceSince: now,
    seenAt: now,
    resumeHash: null,
  }
  try {
    await insertParticipant(tx, row)
    return row
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return lockParticipant(tx, consultId, role)
  }
}
