import type { z } from 'zod'
import type { searchAudit } from '#shared/identity.ts'
import type { Audit } from '../audit/index.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import { asUser } from '../platform/policy.ts'
import { managedFrom, shownNames } from './people.store.ts'
import { presentAuditEvent } from './present.ts'

/**
 * The audit trail as an administrator may see it: what people of their organization and of those below it did, and what
 * anybody did to a patient, an account or an organization of theirs. Who keeps a record must know who looked at it, so
 * foreign staff have their names there; foreign patients have not.
 *
 * Entries of nobody (the product's own work on no patient, a stranger who tried to sign in as nobody we know) may come
 * from any organization's affairs. They are shown only where there are no others: to administrators over all there are.
 */
export function createAccessLog({ db, audit }: { db: Database; audit: Audit }) {
  return async (
    ctx: Context,
    query: z.output<typeof searchAudit.query>,
  ): Promise<z.input<typeof searchAudit.reply>> => {
    await audit.record(ctx, { action: 'audit.search', patientId: query.patientId ?? null })
    const { organizations, all } = await db.read((tx) => managedFrom(tx, asUser(ctx.actor).organizationId))
    const view = all ? audit : audit.within(organizations)
    const rows = await view.search(query)
    const actorIds = rows.flatMap(({ actorId }) => actorId ?? [])
    const names = await db.read((tx) => shownNames(tx, actorIds, organizations))
    return { events: rows.map((row) => presentAuditEvent(row, names)), actions: await view.actions() }
  }
}
