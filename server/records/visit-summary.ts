import type { ConsultId } from '#shared/ids.ts'
import type { VisitSummary } from '#shared/records.ts'
import type { Context } from '../platform/context.ts'
import { asPatient } from '../platform/policy.ts'
import type { EncounterRow } from './encounter.entity.ts'
import { findEncounterOf } from './encounters.store.ts'
import type { RecordsNeeds } from './needs.ts'
import { findNoteOf, findText } from './note.store.ts'
import { refuse } from './policy.ts'

/** What the patient of this consult keeps from it. Of the note they read the plan, once it is signed. */
export async function visitSummary(
  needs: RecordsNeeds,
  ctx: Context,
  consultId: ConsultId,
): Promise<VisitSummary> {
  const { db, identity, scheduling } = needs
  const action = 'summary.read'
  const found = await db.read(async (tx) => {
    const encounter = await findEncounterOf(tx, consultId)
    if (!encounter || !isTheirs(ctx, encounter)) return { encounter, summary: null }
    const note = await findNoteOf(tx, encounter.id)
    const text = note?.status === 'signed' ? await findText(tx, note) : null
    const organization = await identity.organization(tx, encounter.organizationId)
    const next = await scheduling.followUpOf(tx, encounter.id)
    const summary: VisitSummary = {
      consultId,
      organizationName: organization?.name ?? '',
      organizationTelecom: organization?.telecom ?? null,
      practitionerName: encounter.practitionerName,
      startedAt: encounter.startedAt,
      endedAt: encounter.endedAt,
      plan: text?.plan ?? null,
      followUp: next && { appointmentId: next.id, startsAt: next.startsAt, endsAt: next.endsAt },
    }
    return { encounter, summary }
  })
  const patientId = found.encounter?.patientId ?? null
  if (!found.summary) return refuse(needs, ctx, { action, patientId })
  await needs.audit.record(ctx, { action, patientId })
  return found.summary
}

function isTheirs(ctx: Context, encounter: EncounterRow): boolean {
  const actor = asPatient(ctx.actor)
  if (actor.kind === 'guest' && actor.consultId !== encounter.consultId) return false
  return actor.patientId === encounter.patientId
}
