import assert from 'node:assert/strict'
import { pino } from 'pino'
import { addPicture, listSnapshots, readSnapshot, type Snapshot } from '#shared/imaging.ts'
import { setSwitch, type RecognitionSwitch } from '#shared/imaging-recognition.ts'
import { dayMs } from '#shared/time.ts'
import { systemContext } from '#server/platform/context.ts'
import { findSnapshot, wantContent } from '#server/records/index.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aLiveVisit, type LiveVisit } from '#test/support/consults.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld, type World } from '#test/support/world.ts'
import { aJpeg } from './pipeline/test/specimens.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`what models say of the pictures of a visit, on ${engine}`, function () {
    this.timeout(90_000)
    let world: World
    let live: LiveVisit
    let administrator: Client

    before(async () => {
      world = await startWorld({ engine, media: true })
      live = await aLiveVisit(world)
      administrator = await world.signIn('administrator')
    })
    after(() => world.close())
    beforeEach(() => world.clock.advance(20_000))

    const turn = (name: RecognitionSwitch, on: boolean) =>
      administrator.call(setSwitch, {
        params: { organizationId: world.clinic.id, name },
        body: { on },
      })
    const adds = async (): Promise<Snapshot> =>
      live.doctor.client.call(addPicture, {
        params: { consultId: live.consultId },
        query: { idempotencyKey: aKey() },
        bytes: await aJpeg(800, 600),
      })
    const reads = ({ id }: Snapshot) => live.patient.client.call(readSnapshot, { params: { snapshotId: id } })
    const kept = ({ id }: Snapshot) => world.house.db.read((tx) => findSnapshot(tx, id))
    const trail = async ({ id }: Snapshot) =>
      (await world.house.audit.search({ action: 'snapshot.described', limit: 50 })).filter(
        ({ entityId }) => entityId === id,
      )
    const isMade = (picture: Snapshot) =>
      waitFor('the picture is made', async () => (await reads(picture)).state === 'ready')

    it('is nothing as long as the clinic has not switched it on', async () => {
      const picture = await adds()
      await isMade(picture)
      const found = await reads(picture)
      assert.deepEqual([picture.awaitsContent, found.awaitsContent, found.content], [false, false, null])
      assert.equal((await kept(picture))?.contentWanted, null)
      assert.deepEqual(await trail(picture), [])
    })

    it('covers a picture until the guard has looked, tells both, and is written down', async () => {
      await turn('sensitiveContent', true)
      const picture = await adds()
      assert.deepEqual([picture.awaitsContent, picture.content], [true, null])
      for (const { socket } of [live.doctor, live.patient])
        // The models are opened for the first picture.
        await socket.hears('snapshot:described', ({ snapshotId }) => snapshotId === picture.id, 40_000)
      const { snapshots } = await live.doctor.client.call(listSnapshots, {
        params: { consultId: live.consultId },
      })
      const found = snapshots.find(({ id }) => id === picture.id)
      assert.equal(found?.awaitsContent, false)
      assert.deepEqual([found.content?.sensitive, found.content?.type], [false, null])
      assert.match(found.content?.model ?? '', /^content \S+$/)
      assert.equal((await trail(picture)).length, 1)
    })

    it('is kept with its numbers and the hashes of the models, for the type too where that is on', async () => {
      await turn('pictureType', true)
      const picture = await adds()
      await live.doctor.socket.hears('snapshot:described', ({ snapshotId }) => snapshotId === picture.id)
      const { contentJson } = (await kept(picture)) ?? {}
      const content = JSON.parse(contentJson ?? '{}') as {
        sensitivity: number
        types: { probability: number }[]
        models: { name: string; sha256: string }[]
      }
      assert.ok(content.sensitivity >= 0 && content.sensitivity <= 1)
      await world.house.db.write((tx) =>
        tx.manager.update(
          'snapshot',
          { id: picture.id },
          { contentJson: JSON.stringify({ ...content, type: 'skin' }) },
        ),
      )
      assert.equal((await reads(picture)).content?.type, null, 'a guess is no news for a patient')
      const forDoctor = { params: { snapshotId: picture.id } }
      assert.equal((await live.doctor.client.call(readSnapshot, forDoctor)).content?.type, 'skin')
      const sum = content.types.reduce((total, { probability }) => total + probability, 0)
      assert.ok(Math.abs(sum - 1) < 1e-3)
      assert.deepEqual(
        content.models.map(({ name }) => name),
        ['content', 'picture-type'],
      )
    })

    it('covers nothing when only the type is asked', async () => {
      await turn('sensitiveContent', false)
      const picture = await adds()
      assert.equal(picture.awaitsContent, false)
      await live.doctor.socket.hears('snapshot:described', ({ snapshotId }) => snapshotId === picture.id)
      const json = (await kept(picture))?.contentJson ?? '{}'
      assert.equal((JSON.parse(json) as { sensitivity: unknown }).sensitivity, null)
    })

    it('is asked of a picture of an earlier visit too, however long ago it was taken', async () => {
      await turn('sensitiveContent', true)
      const whole = await kept(await adds())
      assert.ok(whole?.encounterId)
      const { patientId, encounterId } = whole
      const id = await world.house.imaging.keepEarlier(systemContext('test', pino({ level: 'silent' })), {
        patientId,
        encounterId,
        takenAt: world.clock.now() - 30 * dayMs,
        bytes: await aJpeg(640, 480),
      })
      const asIs = () => live.doctor.client.call(readSnapshot, { params: { snapshotId: id } })
      assert.equal((await asIs()).awaitsContent, true)
      await waitFor('the guard has looked', async () => !(await asIs()).awaitsContent, 30_000)
      assert.equal((await asIs()).content?.sensitive, false)
    })

    it('is asked by another server when one died, and given up when it comes too late', async () => {
      await turn('sensitiveContent', true)
      await turn('pictureType', false)
      const late = await adds()
      await live.doctor.socket.hears('snapshot:described', ({ snapshotId }) => snapshotId === late.id)
      world.clock.advance(50_000)
      const left = await adds()
      await live.doctor.socket.hears('snapshot:described', ({ snapshotId }) => snapshotId === left.id)
      await world.house.db.write(async (tx) => {
        for (const { id } of [late, left]) {
          await tx.manager.update('snapshot', { id }, { contentJson: null })
          await wantContent(tx, id, 'guard')
        }
      })
      assert.equal((await reads(left)).awaitsContent, true)
      world.clock.advance(15_000)
      await waitFor(
        'the guard is not awaited any more',
        async () => !(await reads(left)).awaitsContent && !(await reads(late)).awaitsContent,
        30_000,
      )
      assert.equal((await reads(left)).content?.sensitive, false)
      assert.equal((await reads(late)).content, null)
    })
  })
}
