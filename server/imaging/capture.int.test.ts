import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { endConsult } from '#shared/consult.ts'
import {
  addPicture,
  listSnapshots,
  readSnapshot,
  readSnapshotImage,
  uploadSnapshot,
  type Snapshot,
} from '#shared/imaging.ts'
import { SnapshotId } from '#shared/ids.ts'
import type { QualityReason, SnapshotOrigin } from '#shared/imaging-capture.ts'
import { dayMs } from '#shared/time.ts'
import { newId } from '#server/platform/ids.ts'
import { addSnapshot, findSnapshot } from '#server/records/index.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aComingVisit, aLiveVisit, doctorSits, patientWaits } from '#test/support/consults.ts'
import type { LiveVisit } from '#test/support/consults.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import {
  aBomb,
  aJpeg,
  anSvg,
  asJpeg,
  exifSegment,
  gpsMark,
  insertInJpeg,
  skin,
} from './pipeline/test/specimens.ts'
import { consentEntity } from '../consult/consult.entity.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`where pictures come from, and how good they are, on ${engine}`, function () {
    this.timeout(60_000)
    let world: World
    let live: LiveVisit

    before(async () => {
      world = await startWorld({ engine, media: true })
      live = await aLiveVisit(world)
    })
    after(() => world.close())
    // Nobody sends more pictures than a person could.
    beforeEach(() => world.clock.advance(20_000))

    const adding = (bytes: Uint8Array, idempotencyKey = aKey(), consultId = live.consultId) => ({
      params: { consultId },
      query: { idempotencyKey },
      bytes,
    })
    const adds = (who: { client: Client }, bytes: Uint8Array, key = aKey()): Promise<Snapshot> =>
      who.client.call(addPicture, adding(bytes, key))
    const pictures = async () =>
      (await live.doctor.client.call(listSnapshots, { params: { consultId: live.consultId } })).snapshots
    const trail = async (action: string, entityId: string) =>
      (await world.house.audit.search({ action, limit: 50 })).filter((row) => row.entityId === entityId)
    const consents = () =>
      world.house.db.read((tx) =>
        tx.manager.countBy(consentEntity, { consultId: live.consultId, kind: 'snapshot', granted: true }),
      )

    async function reasonsOf(bytes: Uint8Array): Promise<readonly QualityReason[] | undefined> {
      const { id, quality } = await adds(live.doctor, bytes)
      assert.equal(quality, null)
      const judged = await waitFor('the picture is judged', async () => {
        const found = await live.doctor.client.call(readSnapshot, { params: { snapshotId: id } })
        return found.state === 'processing' ? null : found
      })
      return judged?.quality?.reasons
    }

    it('are added by the doctor, seen by both, and written down', async () => {
      const consentsBefore = await consents()
      const added = await adds(live.doctor, await aJpeg(800, 600))
      assert.deepEqual([added.origin, added.state], ['doctor', 'processing'])
      await live.patient.socket.hears('snapshot:captured', (news) => news.snapshotId === added.id)
      const original = { params: { snapshotId: added.id, variant: 'original' as const } }
      assert.ok((await live.patient.client.bytes(readSnapshotImage, original)).length > 0)
      assert.equal((await trail('snapshot.added', added.id)).length, 1)
      assert.equal(await consents(), consentsBefore, 'own material needs nobody else’s yes')
    })

    it('are offered by the patient, which is kept as consent', async () => {
      const consentsBefore = await consents()
      const offered = await adds(live.patient, await aJpeg())
      assert.equal(offered.origin, 'gallery')
      await live.doctor.socket.hears('snapshot:captured', (news) => news.snapshotId === offered.id)
      assert.equal((await trail('snapshot.captured', offered.id)).length, 1)
      assert.equal(await consents(), consentsBefore + 1)
    })

    it('say whether the patient took them or chose them when the doctor asked', async () => {
      const origins: SnapshotOrigin[] = []
      for (const query of [{}, { origin: 'camera' }, { origin: 'gallery' }] as const) {
        const { requestId } = await live.doctor.socket.request('snapshot:request', {
          idempotencyKey: aKey(),
        })
        await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
        const upload = {
          params: { consultId: live.consultId },
          query: { requestId, ...query },
          bytes: await aJpeg(),
        }
        origins.push((await live.patient.client.call(uploadSnapshot, upload)).origin)
      }
      assert.deepEqual(origins, ['camera', 'camera', 'gallery'])
    })

    it('are finished by the next server when theirs has died, however old, though the bytes of another are lost', async () => {
      const { id: snapshotId } = await adds(live.doctor, await aJpeg(800, 600))
      const { db, clock } = world.house
      const twin = { consultId: live.consultId, patientId: live.visit.patient.id, encounterId: null }
      const [lost, left, ancient] = [1, 2, 3].map(() => newId(SnapshotId, clock))
      assert.ok(lost && left && ancient)
      await db.write(async (tx) => {
        const whole = await findSnapshot(tx, snapshotId)
        const original = whole?.variants.find(({ variant }) => variant === 'original')
        assert.ok(original)
        const takenAt = clock.now() - 60_000
        await addSnapshot(
          tx,
          { id: lost, ...twin, takenAt, origin: 'doctor' },
          { ...original, blobKey: 'lost' },
        )
        await addSnapshot(tx, { id: left, ...twin, takenAt: takenAt + 1, origin: 'doctor' }, original)
        const lastYear = clock.now() - 365 * dayMs
        await addSnapshot(tx, { id: ancient, ...twin, takenAt: lastYear, origin: 'doctor' }, original)
      })
      // From the table: who asks the server this often is told to wait.
      const stateOf = async (id: SnapshotId) => (await db.read((tx) => findSnapshot(tx, id)))?.state
      await waitFor('the sweep has finished it', async () => (await stateOf(left)) === 'ready', 30_000)
      assert.equal(await stateOf(ancient), 'ready', 'added to the chart now, taken in a visit of the past')
      assert.equal(await stateOf(lost), 'processing')
    })

    it('are one picture when they are sent twice, or twice at once', async () => {
      const bytes = await aJpeg()
      const before = (await pictures()).length
      const key = aKey()
      const sent = await Promise.all([1, 2, 3].map(() => adds(live.doctor, bytes, key)))
      sent.push(await adds(live.doctor, bytes, key))
      assert.equal(new Set(sent.map(({ id }) => id)).size, 1)
      assert.equal((await pictures()).length, before + 1)
      const changed = adding(await aJpeg(200, 150), key)
      assert.equal((await live.doctor.client.refusal(addPicture, changed)).code, 'conflict')
      const other = await adds(live.patient, bytes, key)
      assert.notEqual(other.id, sent[0]?.id, 'two people cannot meet in one key')
    })

    it('are given back when they are sent again, though the visit is full by then', async () => {
      const full = await aLiveVisit(world)
      const { consultId } = full
      const bytes = await aJpeg()
      const key = aKey()
      const first = await full.doctor.client.call(addPicture, adding(bytes, key, consultId))
      await fill(full, 99, 1_000)
      const more = await full.doctor.client.refusal(addPicture, adding(bytes, aKey(), consultId))
      assert.deepEqual([more.code, more.params], ['pictures_full', { reason: 'count' }])
      const again = await full.doctor.client.call(addPicture, adding(bytes, key, consultId))
      assert.equal(again.id, first.id)
      await full.doctor.client.call(endConsult, { params: { consultId } })
      const late = await full.doctor.client.call(addPicture, adding(bytes, key, consultId))
      assert.equal(late.id, first.id, 'the answer to the first try may have been lost on the way')
    })

    it('leave no bytes behind when another is sent under the key of one, though the visit is over', async () => {
      const over = await aLiveVisit(world)
      const { consultId } = over
      const key = aKey()
      const { id } = await over.doctor.client.call(addPicture, adding(await aJpeg(), key, consultId))
      await waitFor('the picture is made', async () => {
        const found = await world.house.db.read((tx) => findSnapshot(tx, id))
        return found?.state === 'ready'
      })
      await over.doctor.client.call(endConsult, { params: { consultId } })
      const stored = async () =>
        (await readdir(join(world.house.config.dataDir, 'pictures'), { recursive: true })).length
      const before = await stored()
      const other = adding(await aJpeg(208, 152), key, consultId)
      assert.equal((await over.doctor.client.refusal(addPicture, other)).code, 'conflict')
      assert.equal(await stored(), before)
    })

    it('may weigh 300 MB together in one visit, whoever they are from', async () => {
      const full = await aLiveVisit(world)
      const { consultId } = full
      const { requestId } = await full.doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
      await full.patient.socket.request('snapshot:answer', { requestId, allowed: true })
      await fill(full, 30, 10 * 1024 * 1024)
      const before = await full.doctor.client.call(listSnapshots, { params: { consultId } })
      const bytes = await aJpeg()
      const refusals = [
        await full.doctor.client.refusal(addPicture, adding(bytes, aKey(), consultId)),
        await full.patient.client.refusal(addPicture, adding(bytes, aKey(), consultId)),
        await full.patient.client.refusal(uploadSnapshot, {
          params: { consultId },
          query: { requestId },
          bytes,
        }),
      ]
      for (const { code, params } of refusals)
        assert.deepEqual([code, params], ['pictures_full', { reason: 'bytes' }])
      await fill(full, 1, 1)
      const asking = await full.doctor.socket.refusal('snapshot:request', { idempotencyKey: aKey() })
      assert.equal(asking.code, 'pictures_full', 'the patient is not troubled in vain')
      const after = await full.doctor.client.call(listSnapshots, { params: { consultId } })
      assert.equal(after.snapshots.length, before.snapshots.length + 1)
    })

    /** As so many pictures leave it; their pixels are of no matter here. */
    async function fill({ consultId, visit }: LiveVisit, count: number, bytes: number): Promise<void> {
      const { db, clock } = world.house
      const twin = { consultId, patientId: visit.patient.id, encounterId: null, origin: 'doctor' } as const
      const form = { blobKey: 'none', sha256: '0'.repeat(64), contentType: 'image/jpeg', width: 9, height: 9 }
      await db.write(async (tx) => {
        for (let n = 0; n < count; n++) {
          const id = newId(SnapshotId, clock)
          await addSnapshot(tx, { id, ...twin, takenAt: clock.now() }, { ...form, bytes })
        }
      })
    }

    it('are judged on arrival: too blurred, too dark, too small, or nothing to say', async () => {
      const [width, height] = [1280, 960]
      const sharpOne = await asJpeg(spots(width, height), width, height)
      const blurred = await sharp(sharpOne).blur(8).jpeg().toBuffer()
      const dark = await sharp(sharpOne).linear(0.15, 0).jpeg().toBuffer()
      const small = await sharp(sharpOne).resize(400).jpeg().toBuffer()
      assert.deepEqual(await reasonsOf(sharpOne), [])
      assert.deepEqual(await reasonsOf(blurred), ['blurred'])
      assert.deepEqual(await reasonsOf(dark), ['dark'])
      assert.deepEqual(await reasonsOf(small), ['small'])
      const [newest] = await pictures()
      assert.ok((newest?.quality?.sharpness ?? 0) > 0)
    })

    it('are asked for again with the reason, which the patient is told', async () => {
      const { requestId } = await live.doctor.socket.request('snapshot:request', {
        idempotencyKey: aKey(),
        reason: 'blurred',
      })
      const told = await live.patient.socket.hears(
        'snapshot:requested',
        (news) => news.requestId === requestId,
      )
      assert.equal(told.reason, 'blurred')
      assert.equal((await live.patient.socket.request('consult:sync', {})).snapshotRequest?.reason, 'blurred')
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: false })
    })

    it('that the doctor adds are bounded and cleaned as the patient’s are', async () => {
      const before = (await pictures()).length
      for (const [bytes, code] of [
        [aBomb(30_000, 30_000), 'payload_too_large'],
        [Buffer.from(anSvg()), 'unsupported_media'],
        [(await aJpeg(320, 240)).subarray(0, 3000), 'image_rejected'],
      ] as const)
        assert.equal((await live.doctor.client.refusal(addPicture, adding(bytes))).code, code)
      assert.equal((await pictures()).length, before)
      const { id } = await adds(live.doctor, insertInJpeg(await aJpeg(), exifSegment(1)))
      const kept = await live.doctor.client.bytes(readSnapshotImage, {
        params: { snapshotId: id, variant: 'original' },
      })
      assert.equal(kept.includes(gpsMark), false)
    })

    it('are added by nobody else', async () => {
      const before = (await pictures()).length
      const bytes = await aJpeg()
      assert.equal((await world.stranger().refusal(addPicture, adding(bytes))).code, 'unauthenticated')
      for (const who of ['otherDoctor', 'scheduler', 'administrator'] as const) {
        const client = await world.signIn(who)
        assert.equal((await client.refusal(addPicture, adding(bytes))).code, 'not_found', who)
      }
      assert.equal((await pictures()).length, before)
    })

    it('are not added before the patient is let in, nor after the end', async () => {
      const bytes = await aJpeg()
      const patient = await patientWaits(world, await aComingVisit(world))
      const { consultId } = patient
      const doctor = await doctorSits(world, consultId)
      for (const { client } of [patient, doctor])
        assert.equal(
          (await client.refusal(addPicture, adding(bytes, aKey(), consultId))).code,
          'not_admitted',
        )
      const over = await aLiveVisit(world)
      await over.doctor.client.call(endConsult, { params: { consultId: over.consultId } })
      for (const { client } of [over.patient, over.doctor])
        assert.equal(
          (await client.refusal(addPicture, adding(bytes, aKey(), over.consultId))).code,
          'consult_ended',
        )
      for (const id of [consultId, over.consultId])
        assert.deepEqual(
          (await doctor.client.call(listSnapshots, { params: { consultId: id } })).snapshots,
          [],
          'refusal leaves nothing behind',
        )
    })
  })
}

/** Skin with a rash: spots with clear borders. */
function spots(width: number, height: number): Uint8Array {
  const rgb = skin(width, height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const inside = (x % 40) ** 2 + (y % 40) ** 2 < 300
      if (inside) rgb[(y * width + x) * 3 + 1]! -= 60
    }
  return rgb
}
