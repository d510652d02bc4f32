import type { z } from 'zod'
import type { EncounterId } from '#shared/ids.ts'
import type { bookFollowUp } from '#shared/records.ts'
import type { Appointment } from '#shared/scheduling.ts'
import type { Context } from '../platform/context.ts'
import { findEncounter } from './encounters.store.ts'
import type { RecordsNeeds } from './needs.ts'
import { mayWriteNote, refuse } from './policy.ts'

/** Books the next visit of the same two people through scheduling, with its errors, and links it to this encounter. */
export async function followUp(
  needs: RecordsNeeds,
  ctx: Context,
  encounterId: EncounterId,
  wanted: z.output<typeof bookFollowUp.body>,
): Promise<Appointment> {
  const encounter = await needs.db.read((tx) => findEncounter(tx, encounterId))
  if (!encounter || !mayWriteNote(ctx, encounter))
    return refuse(needs, ctx, { action: 'follow-up.booked', patientId: encounter?.patientId ?? null })
  const { patientId, practitionerId } = encounter
  return needs.scheduling.book(ctx, { ...wanted, patientId, practitionerId, followsEncounterId: encounterId })
}
