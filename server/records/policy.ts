import { DomainError } from '#shared/errors.ts'
import type { PatientId, PractitionerId } from '#shared/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { EncounterRow } from './encounter.entity.ts'
import type { RecordsNeeds } from './needs.ts'

/** The practitioner who acts. Routes let nobody else come here; to anyone else charts do not exist. */
export function practitionerOf({ actor }: Context): PractitionerId {
  if (actor.kind === 'user' && actor.role === 'practitioner' && actor.practitionerId !== null)
    return actor.practitionerId
  throw new DomainError('not_found')
}

/** A practitioner sees and writes the charts of those whom they have seen in the last year or will see soon. */
export function treats(
  tx: Tx,
  { scheduling }: RecordsNeeds,
  ctx: Context,
  patientId: PatientId,
): Promise<boolean> {
  return scheduling.hasCareRelationship(tx, practitionerOf(ctx), patientId)
}

/** A note is read by those who treat the patient and by who wrote it; only the latter writes it. */
export async function mayReadNote(
  tx: Tx,
  needs: RecordsNeeds,
  ctx: Context,
  encounter: EncounterRow,
): Promise<boolean> {
  return mayWriteNote(ctx, encounter) || treats(tx, needs, ctx, encounter.patientId)
}

export function mayWriteNote(ctx: Context, encounter: EncounterRow): boolean {
  return encounter.practitionerId === practitionerOf(ctx)
}

/** Keeps in the audit that somebody reached for what is not theirs, and tells them that there is nothing. */
export async function refuse(
  { audit }: RecordsNeeds,
  ctx: Context,
  { action, patientId }: { action: string; patientId: PatientId | null },
): Promise<never> {
  await audit.record(ctx, { action, outcome: 'refused', patientId })
  throw new DomainError('not_found')
}
