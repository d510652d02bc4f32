import type { ConsultId } from '#shared/ids.ts'
import { RecordId } from '#shared/ids.ts'
import type { Context } from '#server/platform/context.ts'
import type { Tx } from '#server/platform/db.ts'
import { newId } from '#server/platform/ids.ts'
import { consentEntity } from './consult.entity.ts'
import type { ConsentRow, ConsultRow } from './consult.entity.ts'
import { findConsult } from './consults.store.ts'
import { notFound } from './errors.ts'
import type { ConsultNeeds } from './needs.ts'
import { roleIn } from './policy.ts'

export type ConsentInput = Pick<ConsentRow, 'kind' | 'textVersion' | 'granted'>

export type Consents = {
  /** Only the patient of the consult consents. @throws not_found */
  give(ctx: Context, consultId: ConsultId, input: ConsentInput): Promise<void>
  /** The same as part of another use case's transaction, such as the answer to a snapshot request. */
  add: (tx: Tx, ctx: Context, consult: ConsultRow, input: ConsentInput) => Promise<void>
}

export function createConsents({ db, clock, audit }: Pick<ConsultNeeds, 'db' | 'clock' | 'audit'>): Consents {
  async function add(tx: Tx, ctx: Context, consult: ConsultRow, input: ConsentInput): Promise<void> {
    const row: ConsentRow = {
      id: newId(RecordId, clock),
      consultId: consult.id,
      patientId: consult.patientId,
      at: clock.now(),
      ...input,
    }
    await tx.manager.insert(consentEntity, row)
    audit.append(tx, ctx, {
      action: input.granted ? 'consent.granted' : 'consent.refused',
      patientId: consult.patientId,
      entity: { kind: 'consent', id: row.id },
    })
  }

  return {
    add,
    give: (ctx, consultId, input) =>
      db.write(async (tx) => {
        const consult = await findConsult(tx, consultId)
        if (!consult || roleIn(ctx.actor, consult) !== 'patient') throw notFound()
        await add(tx, ctx, consult, input)
      }),
  }
}

/** The newest answer counts; no answer is a no. */
export async function consentedTo(tx: Tx, consultId: ConsultId, kind: ConsentRow['kind']): Promise<boolean> {
  const newest = await tx.manager.findOne(consentEntity, {
    where: { consultId, kind },
    order: { at: 'DESC', id: 'DESC' },
  })
  return newest?.granted ?? false
}
