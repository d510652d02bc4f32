import assert from 'node:assert/strict'
import type { z } from 'zod'
import { endConsult } from '#shared/consult.ts'
import { SnapshotId } from '#shared/ids.ts'
import { addPicture, readSnapshot, type Snapshot } from '#shared/imaging.ts'
import {
  countPicturesBySite,
  listEarlierPictures,
  listPatientPictures,
  picturesPerPage,
  setBodySite,
} from '#shared/imaging-series.ts'
import { bodySites, type BodySite } from '#shared/imaging-site.ts'
import { newId } from '#server/platform/ids.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aLiveVisit, type LiveVisit } from '#test/support/consults.ts'
import { startWorld, type World } from '#test/support/world.ts'
import { addSnapshot } from '../../records/index.ts'
import { aJpeg } from '../pipeline/test/specimens.ts'

const leftHand: BodySite = { code: 'hand', laterality: 'left' }
const rightHand: BodySite = { code: 'hand', laterality: 'right' }

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`pictures of one place of the body across visits on ${engine}`, function () {
    this.timeout(60_000)
    let world: World
    let first: LiveVisit
    let second: LiveVisit
    let earlier: Snapshot
    let later: Snapshot

    before(async () => {
      world = await startWorld({ engine, media: true })
      first = await aLiveVisit(world)
      earlier = await aPicture(first)
      await place(first.doctor.client, earlier.id, leftHand)
      await first.doctor.client.call(endConsult, { params: { consultId: first.consultId }, body: {} })
      second = await aLiveVisit(world, undefined, first.visit.patient)
      later = await aPicture(second)
    })
    after(() => world.close())
    beforeEach(() => world.clock.advance(30_000))

    const aPicture = async ({ doctor, consultId }: LiveVisit) =>
      doctor.client.call(addPicture, {
        params: { consultId },
        query: { idempotencyKey: aKey() },
        bytes: await aJpeg(320, 240),
      })
    const place = (client: Client, snapshotId: SnapshotId, site: BodySite | null) =>
      client.call(setBodySite, { params: { snapshotId }, body: { site } })
    const ofPatient = () => ({ patientId: second.visit.patient.id })
    const list = (client: Client, body: z.input<typeof listPatientPictures.body> = {}) =>
      client.call(listPatientPictures, { params: ofPatient(), body })
    const idsOf = async (client: Client, body: z.input<typeof listPatientPictures.body> = {}) =>
      (await list(client, body)).pictures.map(({ picture }) => picture.id)
    const counted = async (client: Client) =>
      (await client.call(countPicturesBySite, { params: ofPatient() })).sites

    it('are those that a doctor has said so of, with the visit that each is from', async () => {
      const doctor = second.doctor.client
      assert.equal(later.bodySite, null)
      const placed = await place(doctor, later.id, leftHand)
      assert.deepEqual(placed.bodySite, leftHand)
      const { pictures, more } = await list(doctor, { code: 'hand', laterality: 'left' })
      assert.deepEqual(
        pictures.map(({ picture }) => [picture.id, picture.bodySite]),
        [
          [later.id, leftHand],
          [earlier.id, leftHand],
        ],
      )
      assert.equal(more, false)
      const [now, then] = pictures.map(({ visit }) => visit)
      assert.ok(now && then && now.encounterId !== then.encounterId && now.startedAt > then.startedAt)
      assert.equal(then.practitionerName, 'Dr. Doctor')
    })

    it('move when the doctor says otherwise, and each saying is in the audit trail', async () => {
      const doctor = second.doctor.client
      await place(doctor, later.id, rightHand)
      assert.deepEqual(await idsOf(doctor, { code: 'hand', laterality: 'left' }), [earlier.id])
      assert.deepEqual(await idsOf(doctor, { code: 'hand', laterality: 'right' }), [later.id])
      assert.deepEqual(await idsOf(doctor, { code: 'hand' }), [later.id, earlier.id])
      assert.deepEqual(await idsOf(doctor, { code: 'face' }), [])
      await place(doctor, later.id, null)
      assert.deepEqual(await idsOf(doctor, { code: 'none' }), [later.id])
      assert.deepEqual(
        (await counted(doctor)).toSorted((a, b) => a.newestAt - b.newestAt),
        [
          { site: leftHand, pictures: 1, newestAt: earlier.takenAt },
          { site: null, pictures: 1, newestAt: later.takenAt },
        ],
      )
      const trail = [
        ...(await world.house.audit.search({ action: 'snapshot.site_set', limit: 50 })),
        ...(await world.house.audit.search({ action: 'snapshot.site_removed', limit: 50 })),
      ].filter(({ entityId, outcome }) => entityId === later.id && outcome === 'success')
      assert.deepEqual(
        trail.map(({ action, patientId }) => [action, patientId]),
        [
          ['snapshot.site_set', second.visit.patient.id],
          ['snapshot.site_set', second.visit.patient.id],
          ['snapshot.site_removed', second.visit.patient.id],
        ],
      )
    })

    it('are found from a later one, for the doctor to compare it with', async () => {
      const doctor = second.doctor.client
      const earlierOf = async (client: Client, site: 'same' | 'any') =>
        (
          await client.call(listEarlierPictures, { params: { snapshotId: later.id }, query: { site } })
        ).pictures.map(({ picture }) => picture.id)
      await place(doctor, later.id, rightHand)
      assert.deepEqual(await earlierOf(doctor, 'same'), [])
      assert.deepEqual(await earlierOf(doctor, 'any'), [earlier.id])
      await place(doctor, later.id, leftHand)
      assert.deepEqual(await earlierOf(doctor, 'same'), [earlier.id])
      const asking = { params: { snapshotId: later.id }, query: { site: 'any' as const } }
      const patient = second.patient.client
      for (const client of [patient, await world.signIn('otherDoctor')])
        assert.equal((await client.refusal(listEarlierPictures, asking)).code, 'not_found')
    })

    it('are of a side only where there are two', async () => {
      const body = { site: { code: 'face', laterality: 'left' } as const }
      const params = { snapshotId: later.id }
      const refusal = await second.doctor.client.refusal(setBodySite, { params, body })
      assert.equal(refusal.code, 'invalid_request')
    })

    it('are named by the doctor alone, and seen by nobody who may not see the pictures', async () => {
      const params = { snapshotId: earlier.id }
      const body = { site: rightHand }
      const who: [Client, string][] = [[world.stranger(), 'unauthenticated']]
      for (const name of ['otherDoctor', 'scheduler', 'administrator'] as const)
        who.push([await world.signIn(name), 'not_found'])
      for (const [client, code] of who) {
        assert.equal((await client.refusal(setBodySite, { params, body })).code, code)
        assert.equal((await client.refusal(countPicturesBySite, { params: ofPatient() })).code, code)
        assert.equal(
          (await client.refusal(listPatientPictures, { params: ofPatient(), body: {} })).code,
          code,
        )
      }
      const patient = second.patient.client
      assert.equal((await patient.refusal(setBodySite, { params, body })).code, 'not_found')
      const kept = await second.doctor.client.call(readSnapshot, { params })
      assert.deepEqual(kept.bodySite, leftHand)
      // The link leads into this one visit.
      assert.deepEqual(await idsOf(patient), [later.id])
      assert.deepEqual(
        (await counted(patient)).map(({ pictures }) => pictures),
        [1],
      )
    })

    it('come in pages, newest first, none twice and none left out', async () => {
      const doctor = second.doctor.client
      const many = picturesPerPage + 6
      await world.house.db.write(async (tx) => {
        for (let n = 0; n < many; n++) {
          const id = newId(SnapshotId, world.clock)
          const taken = { encounterId: null, consultId: null, takenAt: 1_000_000 + Math.floor(n / 2), origin: 'camera' as const } // prettier-ignore
          const original = { contentType: 'image/jpeg', bytes: 1, width: 1, height: 1, blobKey: 'x', sha256: 'x' } // prettier-ignore
          await addSnapshot(tx, { id, patientId: second.visit.patient.id, ...taken }, original)
        }
      })
      const seen: SnapshotId[] = []
      const times: number[] = []
      for (let more = true; more;) {
        const before = seen.at(-1)
        const page = await list(doctor, before ? { before } : {})
        assert.ok(page.pictures.length > 0 && page.pictures.length <= picturesPerPage)
        seen.push(...page.pictures.map(({ picture }) => picture.id))
        times.push(...page.pictures.map(({ picture }) => picture.takenAt))
        more = page.more
      }
      assert.equal(new Set(seen).size, many + 2)
      assert.equal(seen.length, many + 2)
      assert.deepEqual(
        times,
        times.toSorted((a, b) => b - a),
      )
      const nowhere = { before: newId(SnapshotId, world.clock) }
      const refusal = await doctor.refusal(listPatientPictures, { params: ofPatient(), body: nowhere })
      assert.equal(refusal.code, 'not_found')
    })
  })
}

describe('the places of the body', () => {
  it('are in no address, where they would stand beside a patient in logs and histories', () => {
    for (const { path, query, params } of [countPicturesBySite, listPatientPictures, listEarlierPictures])
      for (const word of ['code', 'laterality'])
        assert.equal(word in { ...query.shape, ...params.shape }, false, path)
  })

  it('have each a code of their own in SNOMED CT, whose check digit is right', () => {
    const codes = Object.values(bodySites).map(({ sct }) => sct)
    assert.equal(new Set(codes).size, codes.length)
    for (const code of codes) assert.ok(isSnomed(code), code)
  })

  it('have names that fit into DICOM', () => {
    for (const { meaning } of Object.values(bodySites)) assert.ok(meaning.length <= 64)
  })
})

/** Verhoeff's check (SNOMED CT Technical Implementation Guide, 5.5). */
function isSnomed(code: string): boolean {
  const swap = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
  const times = (a: number, b: number) =>
    a < 5 ? (b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5) : b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5
  const swapped = (digit: number, often: number): number =>
    often === 0 ? digit : swapped(swap[digit] ?? 0, often - 1)
  return (
    [...code].reverse().reduce((check, digit, at) => times(check, swapped(Number(digit), at % 8)), 0) === 0
  )
}
