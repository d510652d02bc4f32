import assert from 'node:assert/strict'
import { endConsult } from '#shared/consult.ts'
import type { SnapshotId } from '#shared/ids.ts'
import { addPicture, readSnapshot, readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import { readShownImage, readShownPicture, showPicture } from '#shared/imaging-compare.ts'
import type { SharedView } from '#shared/imaging-viewer.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aLiveVisit, type LiveVisit } from '#test/support/consults.ts'
import { startWorld, type World } from '#test/support/world.ts'
import { aJpeg } from '../pipeline/test/specimens.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`an earlier picture that the doctor shows beside one of the visit, on ${engine}`, function () {
    this.timeout(60_000)
    let world: World
    let visit: LiveVisit
    let earlier: Snapshot
    let later: Snapshot

    before(async () => {
      world = await startWorld({ engine, media: true })
      const first = await aLiveVisit(world)
      earlier = await aPicture(first)
      await first.doctor.client.call(endConsult, { params: { consultId: first.consultId }, body: {} })
      visit = await aLiveVisit(world, undefined, first.visit.patient)
      later = await aPicture(visit)
    })
    after(() => world.close())
    beforeEach(() => world.clock.advance(30_000))

    const aPicture = async ({ doctor, consultId }: LiveVisit) =>
      doctor.client.call(addPicture, {
        params: { consultId },
        query: { idempotencyKey: aKey() },
        bytes: await aJpeg(320, 240),
      })
    const which = (snapshotId: SnapshotId = earlier.id, { consultId } = visit) => ({
      params: { consultId, snapshotId },
    })
    const view = (earlierId: SnapshotId): SharedView => ({
      snapshotId: later.id,
      mode: 'original',
      enhancementId: null,
      split: 0.5,
      rect: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 },
      comparison: { earlierId, homography: [1, 0, 0.1, 0, 1, 0, 0, 0, 1], mode: 'slider', share: 0.3 },
    })
    const refusals = async (client: Client) => [
      (await client.refusal(readShownPicture, which())).code,
      (await client.refusal(readShownImage, which())).code,
    ]
    const trail = async (action: string, id = earlier.id) =>
      (await world.house.audit.search({ action, limit: 100 }))
        .filter(({ entityId }) => entityId === id)
        .map(({ outcome, actorKind, patientId }) => [outcome, actorKind, patientId])

    it('is nothing that the patient of the visit could see before', async () => {
      const patient = visit.patient.client
      assert.deepEqual(await refusals(patient), ['not_found', 'not_found'])
      const own = { params: { snapshotId: earlier.id } }
      assert.equal((await patient.refusal(readSnapshot, own)).code, 'not_found')
      const refused = await visit.doctor.socket.refusal('viewer:show', view(earlier.id))
      assert.equal(refused.code, 'not_found')
      assert.deepEqual(visit.patient.socket.newsOf('viewer:shown'), [])
    })

    it('is seen by the patient as the doctor lays it, and both are in the audit trail', async () => {
      const { doctor, patient } = visit
      for (let time = 0; time < 2; time++) await doctor.client.call(showPicture, which())
      await doctor.socket.request('viewer:show', view(earlier.id))
      const { comparison } = await patient.socket.hears('viewer:shown')
      assert.deepEqual(comparison, view(earlier.id).comparison)
      const shown = await patient.client.call(readShownPicture, which())
      assert.deepEqual([shown.id, shown.width, shown.height, shown.takenAt], [earlier.id, 320, 240, earlier.takenAt]) // prettier-ignore
      const original = { params: { snapshotId: earlier.id, variant: 'original' as const } }
      const bytes = await patient.client.bytes(readShownImage, which())
      assert.ok(bytes.equals(await doctor.client.bytes(readSnapshotImage, original)))
      const { id } = visit.visit.patient
      assert.ok((await trail('snapshot.shown')).every((row) => row.join() === ['success', 'user', id].join()))
      assert.equal((await trail('snapshot.shown')).length, 2)
      for (const action of ['snapshot.read', 'snapshot.viewed'])
        assert.ok(
          (await trail(action)).some((row) => row.join() === ['success', 'guest', id].join()),
          action,
        )
    })

    it('is this one picture, as it was taken, and nothing else of the earlier visit', async () => {
      const patient = visit.patient.client
      const own = { params: { snapshotId: earlier.id } }
      assert.equal((await patient.refusal(readSnapshot, own)).code, 'not_found')
      const thumbnail = { params: { snapshotId: earlier.id, variant: 'thumbnail' as const } }
      assert.equal((await patient.refusal(readSnapshotImage, thumbnail)).code, 'not_found')
    })

    it('is shown by the doctor of the visit alone, and only to the patient whose picture it is', async () => {
      assert.equal((await world.stranger().refusal(showPicture, which())).code, 'unauthenticated')
      assert.deepEqual(await refusals(world.stranger()), ['unauthenticated', 'unauthenticated'])
      for (const client of [visit.patient.client, await world.signIn('otherDoctor')])
        assert.equal((await client.refusal(showPicture, which())).code, 'not_found')
      assert.deepEqual(await refusals(await world.signIn('otherDoctor')), ['not_found', 'not_found'])
      const another = await aLiveVisit(world)
      const theirs = which(earlier.id, another)
      assert.equal((await another.doctor.client.refusal(showPicture, theirs)).code, 'not_found')
      assert.deepEqual(await refusals(another.patient.client), ['not_found', 'not_found'])
      assert.equal((await another.patient.client.refusal(readShownImage, theirs)).code, 'not_found')
      assert.ok((await trail('snapshot.shown')).some(([outcome]) => outcome === 'refused'))
    })

    it('is not seen any more when the visit is over', async () => {
      const { doctor, patient, consultId } = visit
      await doctor.client.call(endConsult, { params: { consultId }, body: {} })
      assert.deepEqual(await refusals(patient.client), ['not_found', 'not_found'])
      assert.equal((await doctor.client.refusal(showPicture, which(later.id))).code, 'consult_ended')
    })
  })
}
