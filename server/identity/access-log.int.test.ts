import { deepEqual, equal, ok } from 'node:assert/strict'
import { readClinic, verifyLink } from '#shared/consult.ts'
import * as wire from '#shared/identity.ts'
import type { AuditEvent } from '#shared/identity.ts'
import type { PatientDemographics } from '#shared/records.ts'
import { readPatientContext, readVisitSummary } from '#shared/records.ts'
import { anEncounter, aPatient } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aComingVisit, type ComingVisit } from '#test/support/consults.ts'
import { password, startWorld, type World } from '#test/support/world.ts'
import { systemContext } from '../platform/context.ts'
import type { OrganizationRow, PersonInput, UserRow } from './index.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`The access log of two hospitals (${engine})`, function () {
    this.timeout(60_000)
    let world: World
    /** The world's own hospital is here; the other one is far away. */
    let here: Client
    let clinicHere: Client
    let far: Client
    let farDesk: Client
    let farDoctor: UserRow
    let farHospital: OrganizationRow
    let farPatient: PatientDemographics
    let visit: ComingVisit

    const entriesOf = async (administrator: Client, query: object = {}): Promise<AuditEvent[]> =>
      (await administrator.call(wire.searchAudit, { query: { limit: 200, ...query } })).events

    // All browsers of a test have one address, which may not sign in so often.
    const signIn = (who: Parameters<World['signIn']>[0]) => {
      world.clock.advance(30_000)
      return world.signIn(who)
    }
    const tries = (email: string) => {
      world.clock.advance(30_000)
      return world.stranger().refusal(wire.signIn, { body: { email, password: 'not-the-password' } })
    }
    const add = (person: Omit<PersonInput, 'password'>) =>
      world.house.identity.addPerson(systemContext('test', world.house.log), { ...person, password })

    async function aFarHospital() {
      const ctx = systemContext('test', world.house.log)
      farHospital = await world.house.identity.addOrganization(ctx, { ...place, name: 'Far Hospital' })
      const organizationId = farHospital.id
      const fiona = { role: 'administrator', displayName: 'Fiona Far', email: 'fiona@example.org' } as const
      const felix = { role: 'scheduler', displayName: 'Felix Far', email: 'felix@example.org' } as const
      const dora = { role: 'practitioner', displayName: 'Dr. Dora Far', email: 'dora@example.org' } as const
      far = await signIn(await add({ ...fiona, organizationId }))
      farDesk = await signIn(await add({ ...felix, organizationId }))
      farDoctor = await add({ ...dora, specialty: 'Surgery', organizationId })
      farPatient = await aPatient(farDesk, { family: 'Fern' })
    }

    before(async () => {
      world = await startWorld({ engine })
      visit = await aComingVisit(world)
      await (await signIn('otherDoctor')).call(readClinic, {})
    })
    after(() => world.close())

    it('shows all there is while the hospital is alone: to its administrator, not to those of its clinics', async () => {
      await tries('nobody@example.org')
      const organizationId = world.clinic.id
      const carla = {
        role: 'administrator',
        displayName: 'Carla Clinic',
        email: 'carla@example.org',
      } as const
      clinicHere = await signIn(await add({ ...carla, organizationId }))
      here = await signIn('administrator')
      ok((await entriesOf(here)).some(isStrangersTry))
      equal((await entriesOf(clinicHere)).some(isStrangersTry), false)
    })

    it('is refused to strangers and to staff who do not administer', async () => {
      await aFarHospital()
      equal((await world.stranger().send(wire.searchAudit, {})).status, 401)
      for (const client of [farDesk, await signIn(farDoctor)])
        equal((await client.send(wire.searchAudit, {})).status, 404)
    })

    it('ends at the border of each hospital, with its names, its records and what was done there', async () => {
      const theirs = JSON.stringify(await far.call(wire.searchAudit, { query: { limit: 200 } }))
      for (const name of ['Felix Far', farPatient.id]) ok(theirs.includes(name), name)
      for (const foreign of ['Ada Admin', 'Sam Sched', 'Dr. Other', world.hospital.id, visit.patient.id])
        equal(theirs.includes(foreign), false, foreign)
      const ours = JSON.stringify(await here.call(wire.searchAudit, { query: { limit: 200 } }))
      for (const name of ['Ada Admin', 'Sam Sched', 'Dr. Other', visit.patient.id])
        ok(ours.includes(name), name)
      for (const foreign of [
        'Fiona Far',
        'Felix Far',
        'Dora Far',
        farHospital.id,
        farPatient.id,
        farDoctor.id,
      ])
        equal(ours.includes(foreign), false, foreign)
    })

    it('shows a clinic what its own people and guests did, and not what is done in the clinic next door', async () => {
      const body = { token: visit.token, birthDate: '1900-01-01' }
      equal((await world.stranger().refusal(verifyLink, { body })).code, 'wrong_birth_date')
      const entries = await entriesOf(clinicHere)
      ok(entries.some(({ actorName }) => actorName === 'Sam Scheduler'))
      equal(entries.some(({ actorName }) => actorName === 'Dr. Other'), false) // prettier-ignore
      const guests = entries.filter(({ action }) => action === 'join_link.verify')
      deepEqual(guests.map(({ actorKind, outcome }) => [actorKind, outcome]), [['anonymous', 'refused']]) // prettier-ignore
    })

    it('tells those who keep a record who reached for it, also from another hospital', async () => {
      const patientId = visit.patient.id
      const client = await signIn(farDoctor)
      equal((await client.refusal(readPatientContext, { params: { patientId } })).code, 'not_found')
      const seen = (await entriesOf(here, { patientId })).find(isRefused)
      equal(seen?.actorName, 'Dr. Dora Far')
      const own = (await entriesOf(far, { actorId: farDoctor.id })).find(isRefused)
      equal(own?.sequence, seen?.sequence, 'their own administrator sees it too')
    })

    it('does not tell the name of another hospital’s patient who reached for a record', async () => {
      const { consultId } = await anEncounter(world, visit.appointment)
      const account = { role: 'patient', displayName: 'Fay Fern', email: 'fay@example.org' } as const
      const patient = { ...account, organizationId: farHospital.id, patientId: farPatient.id }
      const client = await signIn(await add(patient))
      equal((await client.refusal(readVisitSummary, { params: { consultId } })).code, 'not_found')
      const seen = (await entriesOf(here, { patientId: visit.patient.id })).find(isRefused)
      deepEqual([seen?.action, seen?.actorName], ['summary.read', null])
      const [own] = await entriesOf(far, { action: 'summary.read' })
      equal(own?.actorName, 'Fay Fern')
    })

    it('tells of a wrong password where the account is, and of unknown names nowhere', async () => {
      await tries('felix@example.org')
      await tries('nobody@example.org')
      const refused = async (administrator: Client) =>
        (await entriesOf(administrator, { action: 'session.begin' })).filter(
          ({ actorKind }) => actorKind === 'anonymous',
        )
      equal((await refused(far)).length, 1)
      deepEqual(await refused(here), [])
    })

    it('cannot be made to tell more by asking for a person, a record or a time', async () => {
      const begun = (await entriesOf(far)).at(-1)?.at
      const asked = [
        { actorId: world.people.scheduler.id },
        { patientId: visit.patient.id, action: 'patient.added' },
        { action: 'patient.added', to: begun },
        { before: (await entriesOf(here)).at(-1)?.sequence },
      ]
      for (const query of asked) deepEqual(await entriesOf(far, query), [], JSON.stringify(query))
    })

    it('offers to look for what happened there, and for nothing else', async () => {
      const { actions } = await far.call(wire.searchAudit, { query: {} })
      ok(actions.includes('patient.added'))
      equal(actions.includes('join_link.verify'), false)
      const all = new Set((await entriesOf(far)).map(({ action }) => action))
      deepEqual(actions, [...all].sort())
    })

    it('pages back through all of it, each entry once', async () => {
      const all = await entriesOf(clinicHere)
      const last = all[0]?.sequence ?? 0
      const paged: AuditEvent[] = []
      for (let before: number | undefined = last + 1; before !== undefined;) {
        const page: AuditEvent[] = await entriesOf(clinicHere, { limit: 3, before })
        paged.push(...page)
        before = page.at(-1)?.sequence
      }
      // Looking is told in the log too.
      deepEqual(paged.filter(({ sequence }) => sequence <= last), all) // prettier-ignore
    })

    it('is still one chain, which every administrator can have checked', async () => {
      const { whole, firstAltered } = await far.call(wire.verifyAudit)
      deepEqual([whole, firstAltered], [true, null])
    })
  })
}

const place = {
  kind: 'hospital',
  parentId: null,
  zone: 'Asia/Shanghai',
  telecom: null,
  address: null,
} as const

const isRefused = ({ outcome }: AuditEvent) => outcome === 'refused'

/** Somebody who is nobody's, and tried to sign in. */
function isStrangersTry({ action, actorKind, entityId }: AuditEvent): boolean {
  return action === 'session.begin' && actorKind === 'anonymous' && entityId === null
}
