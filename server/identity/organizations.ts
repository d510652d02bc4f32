import { OrganizationId } from '#shared/ids.ts'
import type { Organization } from '#shared/identity.ts'
import type { Audit } from '../audit/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import { asUser } from '../platform/policy.ts'
import { notFound } from './errors.ts'
import { organizationEntity, type OrganizationRow } from './people.entity.ts'
import { mayManage } from './people.ts'
import { organizationsUnder } from './people.store.ts'

export type OrganizationInput = Omit<Organization, 'id'>

export function createOrganizations({ db, clock, audit }: { db: Database; clock: Clock; audit: Audit }) {
  return {
    list: (ctx: Context) => db.read((tx) => organizationsUnder(tx, asUser(ctx.actor).organizationId)),

    /** Below the named one, or below the administrator's own. Errors: not_found for a foreign parent. */
    add: (ctx: Context, input: OrganizationInput): Promise<OrganizationRow> =>
      db.write(async (tx) => {
        const parentId = input.parentId ?? (ctx.actor.kind === 'user' ? ctx.actor.organizationId : null)
        if (parentId !== null && !(await mayManage(tx, ctx, parentId))) throw notFound()
        const row: OrganizationRow = {
          ...input,
          parentId,
          id: newId(OrganizationId, clock),
          createdAt: clock.now(),
        }
        await tx.manager.insert(organizationEntity, row)
        audit.append(tx, ctx, { action: 'organization.add', entity: { kind: 'organization', id: row.id } })
        return row
      }),
  }
}
