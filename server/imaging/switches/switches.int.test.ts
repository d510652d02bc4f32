import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { DomainError } from '#shared/errors.ts'
import type { OrganizationId } from '#shared/ids.ts'
import { readOwnSwitches, readSwitches, RecognitionSwitch, setSwitch } from '#shared/imaging-recognition.ts'
import type { Client } from '#test/support/client.ts'
import { startWorld, type World } from '#test/support/world.ts'
import type { Actor } from '../../platform/context.ts'
import { systemContext } from '../../platform/context.ts'
import { createSwitches, type Switches } from './switches.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`What a clinic lets the computer do, on ${engine}`, function () {
    this.timeout(60_000)
    let world: World
    let administrator: Client
    let doctor: Client
    let otherDoctor: Client
    let switches: Switches

    before(async () => {
      world = await startWorld({ engine })
      const { db, clock, audit, identity } = world.house
      switches = createSwitches({
        db,
        clock,
        audit,
        organization: (tx, id) => identity.organization(tx, id),
        organizationsUnder: (tx, id) => identity.organizationsUnder(tx, id),
      })
      administrator = await world.signIn('administrator')
      doctor = await world.signIn('doctor')
      otherDoctor = await world.signIn('otherDoctor')
    })
    after(() => world.close())
    beforeEach(() => world.clock.advance(30_000))

    const set = (organizationId: OrganizationId, name: RecognitionSwitch, on: boolean | null) =>
      administrator.call(setSwitch, { params: { organizationId, name }, body: { on } })
    const isOn = async (client: Client, name: RecognitionSwitch) =>
      (await client.call(readOwnSwitches)).switches[name]
    const settingOf = async (organizationId: OrganizationId, name: RecognitionSwitch) => {
      const { switches: all } = await administrator.call(readSwitches, { params: { organizationId } })
      return all.find((setting) => setting.name === name)
    }
    const trail = async (action: string) => world.house.audit.search({ action, limit: 50 })
    function contextOf(organizationId: OrganizationId) {
      const { doctor: user } = world.people
      const actor = { kind: 'user', userId: user.id, role: 'practitioner', organizationId } as Actor
      return { ...systemContext('test', world.house.log), actor }
    }

    it('is nothing until somebody has decided', async () => {
      const { switches: own } = await doctor.call(readOwnSwitches)
      deepEqual(Object.keys(own).toSorted(), RecognitionSwitch.options.toSorted())
      ok(Object.values(own).every((on) => !on))
      const { switches: listed } = await administrator.call(readSwitches, {
        params: { organizationId: world.clinic.id },
      })
      deepEqual(
        listed,
        RecognitionSwitch.options.map((name) => ({ name, on: false, decidedBy: null, decidedAt: null })),
      )
    })

    it('is what the hospital has decided, in all of its clinics', async () => {
      const before = world.clock.now()
      const decided = await set(world.hospital.id, 'readText', true)
      deepEqual([decided.on, decided.decidedBy], [true, world.hospital.id])
      const decidedAt = decided.decidedAt ?? 0
      ok(decidedAt >= before && decidedAt <= world.clock.now())
      for (const client of [doctor, otherDoctor]) equal(await isOn(client, 'readText'), true)
      equal(await isOn(doctor, 'findFaces'), false)
      deepEqual(await settingOf(world.clinic.id, 'readText'), decided)
    })

    it('is what the clinic itself has decided, whatever the hospital decides before or after', async () => {
      await set(world.clinic.id, 'readText', false)
      deepEqual([await isOn(doctor, 'readText'), await isOn(otherDoctor, 'readText')], [false, true])
      await set(world.hospital.id, 'readText', false)
      await set(world.otherClinic.id, 'readText', true)
      deepEqual([await isOn(doctor, 'readText'), await isOn(otherDoctor, 'readText')], [false, true])
      await set(world.clinic.id, 'readText', true)
      equal((await settingOf(world.clinic.id, 'readText'))?.decidedBy, world.clinic.id)
      equal((await settingOf(world.hospital.id, 'readText'))?.on, false)
    })

    it('is what the hospital has decided again when the clinic takes its own decision back', async () => {
      await set(world.hospital.id, 'ownModel', true)
      await set(world.clinic.id, 'ownModel', false)
      equal(await isOn(doctor, 'ownModel'), false)
      const now = await set(world.clinic.id, 'ownModel', null)
      deepEqual([now.on, now.decidedBy], [true, world.hospital.id])
      deepEqual(await settingOf(world.clinic.id, 'ownModel'), now)
      equal(await isOn(doctor, 'ownModel'), true)
      await set(world.hospital.id, 'ownModel', null)
      deepEqual(await settingOf(world.clinic.id, 'ownModel'), { name: 'ownModel', on: false, decidedBy: null, decidedAt: null }) // prettier-ignore
      equal(await isOn(doctor, 'ownModel'), false)
      const entries = await trail('recognition.ownModel.switch_inherit')
      deepEqual(
        entries.map(({ entityId, outcome }) => [entityId, outcome]).toSorted(),
        [world.clinic.id, world.hospital.id].map((id) => [id, 'success']).toSorted(),
      )
    })

    it('is in the audit trail each time that somebody decides: who, what and where', async () => {
      await set(world.clinic.id, 'compare', true)
      await set(world.clinic.id, 'compare', false)
      for (const action of ['recognition.compare.switch_on', 'recognition.compare.switch_off']) {
        const [entry, ...more] = await trail(action)
        equal(more.length, 0)
        deepEqual(
          [entry?.outcome, entry?.entityKind, entry?.entityId, entry?.actorId],
          ['success', 'organization', world.clinic.id, world.people.administrator.id],
        )
      }
    })

    it('is decided by administrators of it: for others there is nothing there', async () => {
      const ctx = systemContext('test', world.house.log)
      const place = { zone: 'Asia/Shanghai', telecom: null, address: null }
      const elsewhere = await world.house.identity.addOrganization(ctx, {
        ...place,
        name: `Another Hospital on ${engine}`,
        kind: 'hospital',
        parentId: null,
      })
      const params = { organizationId: world.clinic.id }
      const write = { params: { ...params, name: 'outline' as const }, body: { on: true } }
      equal((await world.stranger().refusal(readSwitches, { params })).code, 'unauthenticated')
      equal((await world.stranger().refusal(setSwitch, write)).code, 'unauthenticated')
      equal((await world.stranger().refusal(readOwnSwitches)).code, 'unauthenticated')
      for (const client of [doctor, await world.signIn('scheduler')]) {
        equal((await client.refusal(readSwitches, { params })).code, 'not_found')
        equal((await client.refusal(setSwitch, write)).code, 'not_found')
      }
      const far = { params: { ...write.params, organizationId: elsewhere.id }, body: write.body }
      equal((await administrator.refusal(setSwitch, far)).code, 'not_found')
      equal(
        (await administrator.refusal(readSwitches, { params: { organizationId: elsewhere.id } })).code,
        'not_found',
      )
      equal(await isOn(doctor, 'outline'), false)
      equal((await trail('recognition.outline.switch_on')).length, 0)
    })

    it('is a closed list: there is no switch of another name', async () => {
      const params = { organizationId: world.clinic.id, name: 'diagnose' }
      equal((await administrator.send(setSwitch, { params, body: { on: true } })).status, 400)
    })

    it('stops whoever asks for what is off, and says why', async () => {
      const { db } = world.house
      await set(world.clinic.id, 'findFaces', true)
      await set(world.clinic.id, 'pictureType', false)
      const ctx = contextOf(world.clinic.id)
      await db.read((tx) => switches.require(tx, ctx, 'findFaces'))
      await rejects(
        db.read((tx) => switches.require(tx, ctx, 'pictureType')),
        (error: unknown) => {
          ok(error instanceof DomainError)
          deepEqual(
            [error.code, error.params],
            ['forbidden', { reason: 'switched_off', switch: 'pictureType' }],
          )
          return true
        },
      )
    })
  })
}
