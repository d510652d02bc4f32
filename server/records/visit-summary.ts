import { DomainError } from '#shared/errors.ts'
import type { ConsultId } from '#shared/ids.ts'
import type { VisitSummary } from '#shared/records.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { asPatient } from '../platform/policy.ts'
import type { EncounterRow } from './encounter.entity.ts'
import { findEncounterOf, newestEncountersOf } from './encounters.store.ts'
import type { RecordsNeeds } from './needs.ts'
import { findNoteOf, findText } from './note.store.ts'
import { refuse } from './policy.ts'

const mostSummaries = 50

/** What the patient of this consult keeps from it. Of the note they read the plan, once it is signed. */
export async function visitSummary(
  needs: RecordsNeeds,
  ctx: Context,
  consultId: ConsultId,
): Promise<VisitSummary> {
  const { db } = needs
  const action = 'summary.read'
  const found = await db.read(async (tx) => {
    const encounter = await findEncounterOf(tx, consultId)
    if (!encounter || !isTheirs(ctx, encounter)) return { encounter, summary: null }
    return { encounter, summary: await summaryOf(needs, tx, encounter, consultId) }
  })
  const patientId = found.encounter?.patientId ?? null
  if (!found.summary) return refuse(needs, ctx, { action, patientId })
  await needs.audit.record(ctx, { action, patientId })
  return found.summary
}

/** The signed-in patient's own visits, newest first. A guest came for one visit and reads only that. */
export async function ownSummaries(needs: RecordsNeeds, ctx: Context): Promise<VisitSummary[]> {
  const actor = asPatient(ctx.actor)
  const { patientId } = actor
  if (actor.kind === 'guest' || patientId === null) throw new DomainError('not_found')
  await needs.audit.record(ctx, { action: 'summary.listed', patientId })
  return needs.db.read(async (tx) => {
    const summaries: VisitSummary[] = []
    for (const encounter of await newestEncountersOf(tx, patientId, mostSummaries))
      if (encounter.consultId) summaries.push(await summaryOf(needs, tx, encounter, encounter.consultId))
    return summaries
  })
}

async function summaryOf(
  { identity, scheduling }: RecordsNeeds,
  tx: Tx,
  encounter: EncounterRow,
  consultId: ConsultId,
): Promise<VisitSummary> {
  const note = await findNoteOf(tx, encounter.id)
  const text = note?.status === 'signed' ? await findText(tx, note) : null
  const organization = await identity.organization(tx, encounter.organizationId)
  const next = await scheduling.followUpOf(tx, encounter.id)
  return {
    consultId,
    organizationName: organization?.name ?? '',
    organizationTelecom: organization?.telecom ?? null,
    practitionerName: encounter.practitionerName,
    startedAt: encounter.startedAt,
    endedAt: encounter.endedAt,
    plan: text?.plan ?? null,
    followUp: next && { appointmentId: next.id, startsAt: next.startsAt, endsAt: next.endsAt },
  }
}

function isTheirs(ctx: Context, encounter: EncounterRow): boolean {
  const actor = asPatient(ctx.actor)
  if (actor.kind === 'guest' && actor.consultId !== encounter.consultId) return false
  return actor.patientId === encounter.patientId
}
