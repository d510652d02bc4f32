import { deepEqual, equal, ok } from 'node:assert/strict'
import * as wire from '#shared/identity.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import { systemContext } from '../platform/context.ts'
import type { Client } from '#test/support/client.ts'
import { startWorld, type World } from '#test/support/world.ts'

describe('The administration', function () {
  this.timeout(60_000)
  let world: World
  let administrator: Client
  let scheduler: Client

  before(async () => {
    world = await startWorld()
    administrator = await world.signIn('administrator')
    scheduler = await world.signIn('scheduler')
  })
  after(() => world.close())

  const newcomer = () => ({
    role: 'practitioner' as const,
    displayName: 'Nora Newcomer',
    email: 'Nora@Example.org',
    password: 'a-long-enough-password',
    specialty: 'Dermatology',
    organizationId: world.otherClinic.id,
  })

  it('is for administrators: strangers are asked to sign in, others find nothing there', async () => {
    const userId = world.people.doctor.id
    const calls: [Endpoint, object][] = [
      [wire.listPeople, {}],
      [wire.addPerson, { body: newcomer() }],
      [wire.setPersonActive, { params: { userId }, body: { active: false } }],
      [wire.addOrganization, { body: {} }],
      [wire.searchAudit, {}],
      [wire.verifyAudit, {}],
      [wire.readHealth, {}],
    ]
    for (const [endpoint, input] of calls) {
      equal((await world.stranger().send(endpoint, input)).status, 401, endpoint.path)
      equal((await scheduler.send(endpoint, input)).status, 404, endpoint.path)
    }
    const people = await administrator.call(wire.listPeople)
    ok(people.people.find((person) => person.userId === userId)?.active)
  })

  it('adds a doctor who can sign in and be booked, once for each address', async () => {
    const person = await administrator.call(wire.addPerson, { body: newcomer() })
    equal(person.email, 'nora@example.org')
    const nora = world.stranger()
    const me = await nora.call(wire.signIn, {
      body: { email: 'nora@example.org', password: newcomer().password },
    })
    equal(me.organization.name, 'Hillside Clinic')
    const { practitioners } = await nora.call(wire.listPractitioners, { query: { query: 'newc' } })
    deepEqual(practitioners.map(({ id }) => id), [me.practitionerId]) // prettier-ignore
    const again = await administrator.refusal(wire.addPerson, { body: newcomer() })
    deepEqual([again.code, again.params], ['conflict', { field: 'email' }])
  })

  it('wants to know the specialty of a doctor', async () => {
    const { specialty, ...body } = newcomer()
    ok(specialty)
    equal((await administrator.refusal(wire.addPerson, { body })).code, 'invalid_request')
  })

  it('never lets anyone switch themselves off', async () => {
    const params = { userId: world.people.administrator.id }
    equal(
      (await administrator.refusal(wire.setPersonActive, { params, body: { active: false } })).code,
      'conflict',
    )
    await administrator.call(wire.readSession)
  })

  it('ends at the border of the hospital', async () => {
    const ctx = systemContext('test', world.house.log)
    const elsewhere = await world.house.identity.addOrganization(ctx, {
      name: 'Another Hospital',
      kind: 'hospital',
      parentId: null,
      zone: 'Asia/Shanghai',
      telecom: null,
      address: null,
    })
    const stranger = await world.house.identity.addPerson(ctx, {
      ...newcomer(),
      email: 'far@example.org',
      organizationId: elsewhere.id,
    })
    const { organizations } = await administrator.call(wire.listOrganizations)
    deepEqual(organizations.map(({ name }) => name), ['Riverside Hospital', 'Hillside Clinic', 'Riverside Clinic']) // prettier-ignore
    const { people } = await administrator.call(wire.listPeople)
    equal(people.some(({ userId }) => userId === stranger.id), false) // prettier-ignore
    const refusals = [
      await administrator.refusal(wire.setPersonActive, {
        params: { userId: stranger.id },
        body: { active: false },
      }),
      await administrator.refusal(wire.addPerson, {
        body: { ...newcomer(), email: 'x@example.org', organizationId: elsewhere.id },
      }),
    ]
    deepEqual(refusals.map(({ code }) => code), ['not_found', 'not_found']) // prettier-ignore
  })

  it('founds a clinic below the hospital', async () => {
    const clinic = await administrator.call(wire.addOrganization, {
      body: {
        name: 'Lake Clinic',
        kind: 'clinic',
        parentId: null,
        zone: 'Europe/Berlin',
        telecom: null,
        address: null,
      },
    })
    equal(clinic.parentId, world.hospital.id)
  })

  it('shows who did what, with the names of staff, and that it was looked at', async () => {
    const first = await administrator.call(wire.searchAudit, { query: { action: 'person.add' } })
    ok(first.events.some(({ actorName }) => actorName === 'Ada Administrator'))
    ok(first.actions.includes('session.begin'))
    const { events } = await administrator.call(wire.searchAudit, { query: { action: 'audit.search' } })
    equal(events[0]?.actorId, world.people.administrator.id)
    const page = await administrator.call(wire.searchAudit, { query: { limit: 3 } })
    deepEqual(page.events.length, 3)
    const next = await administrator.call(wire.searchAudit, {
      query: { limit: 3, before: page.events[2]?.sequence },
    })
    equal(next.events[0]?.sequence, (page.events[2]?.sequence ?? 0) - 1)
  })

  it('checks the audit trail', async () => {
    const report = await administrator.call(wire.verifyAudit)
    equal(report.whole, true)
    equal(report.firstAltered, null)
    ok(report.rows > 5)
  })

  it('sees how the parts are, in real figures', async () => {
    const health = await administrator.call(wire.readHealth)
    ok(health.memoryMb > 20)
    deepEqual(
      health.parts.map(({ name, ok }) => [name, ok]),
      [
        ['database', true],
        ['models', true],
      ],
    )
    deepEqual(health.parts[0]?.detail, { code: 'engine', engine: 'sqlite' })
  })

  it('tells everybody the version, and of demo accounts nobody', async () => {
    const info = await world.stranger().call(wire.readInfo)
    equal(info.demo, null)
  })
})
