import * as wire from '#shared/identity.ts'
import type { Http } from '../platform/http.ts'
import { anyone, anyoneSignedIn, asUser, staff } from '../platform/policy.ts'
import type { Identity, IdentityParts } from './index.ts'
import { presentOrganization, presentPerson, presentPractitioner } from './present.ts'

const everyStaff = staff('practitioner', 'scheduler', 'administrator')
const administrators = staff('administrator')

/** Every way into identity by HTTP. */
export function addIdentityRoutes(
  http: Http,
  identity: Omit<Identity, 'addRoutes'>,
  parts: IdentityParts,
): void {
  const { people, organizations, audit, version } = parts

  http.route(wire.signIn, { policy: anyone, limit: 'auth' }, async (ctx, { body }) => {
    const { session } = await parts.signIn(ctx, body)
    return identity.me(session.id)
  })
  http.route(wire.readSession, { policy: anyoneSignedIn, limit: 'read' }, (ctx) => {
    const { actor } = ctx
    if (actor.kind !== 'user' && actor.kind !== 'guest') throw new Error('the policy lets only sessions in')
    return identity.me(actor.sessionId)
  })
  http.route(wire.signOut, { policy: anyone, limit: 'write' }, async (ctx) => {
    await parts.signOut(ctx)
    return {}
  })

  http.route(wire.readInfo, { policy: anyone, limit: 'read' }, async () => ({
    version,
    demo: await parts.demo(),
  }))

  http.route(wire.listOrganizations, { policy: everyStaff, limit: 'read' }, async (ctx) => ({
    organizations: (await organizations.list(ctx)).map(presentOrganization),
  }))
  http.route(wire.addOrganization, { policy: administrators, limit: 'write' }, async (ctx, { body }) =>
    presentOrganization(await organizations.add(ctx, body)),
  )

  http.route(wire.listPractitioners, { policy: everyStaff, limit: 'read' }, async (ctx, { query }) => {
    const asked = query.query?.toLowerCase() ?? ''
    const practitioners = await identity.practitionersFor(asUser(ctx.actor).organizationId)
    const matching = practitioners.filter(({ displayName, specialty }) =>
      [displayName, specialty].some((text) => text.toLowerCase().includes(asked)),
    )
    return { practitioners: matching.map(presentPractitioner) }
  })

  http.route(wire.listPeople, { policy: administrators, limit: 'read' }, async (ctx) => ({
    people: (await people.list(ctx)).map(presentPerson),
  }))
  http.route(wire.addPerson, { policy: administrators, limit: 'write' }, async (ctx, { body }) =>
    presentPerson(await people.add(ctx, body)),
  )
  http.route(
    wire.setPersonActive,
    { policy: administrators, limit: 'write' },
    async (ctx, { params, body }) =>
      presentPerson(await people.setActive(ctx, { userId: params.userId, active: body.active })),
  )

  http.route(wire.searchAudit, { policy: administrators, limit: 'read' }, (ctx, { query }) =>
    parts.accessLog(ctx, query),
  )
  http.route(wire.verifyAudit, { policy: administrators, limit: 'write' }, async (ctx) => {
    await audit.record(ctx, { action: 'audit.verify' })
    const { rows, broken, ms } = await audit.verify()
    return { rows, whole: broken === null, firstAltered: broken?.sequence ?? null, ms }
  })
}
