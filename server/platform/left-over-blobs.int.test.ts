import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pino } from 'pino'
import { RecordId, type SnapshotId } from '#shared/ids.ts'
import { addPicture, enhanceSnapshot, listEnhancements, listSnapshots } from '#shared/imaging.ts'
import { dayMs } from '#shared/time.ts'
import { entities } from '#server/compose.ts'
import { enhancementEntity } from '#server/imaging/enhancement.entity.ts'
import { aJpeg } from '#server/imaging/pipeline/test/specimens.ts'
import { documentEntity, snapshotVariantEntity } from '#server/records/picture.entity.ts'
import { aKey } from '#test/support/builders.ts'
import { aLiveVisit } from '#test/support/consults.ts'
import type { LiveVisit } from '#test/support/consults.ts'
import { allOf, startS3 } from '#test/support/s3.ts'
import { tempFolder } from '#test/support/temp.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { migrations } from '../../migrations/index.ts'
import { createBlobStore, type BlobStore } from './blob.ts'
import { deriveKeys } from './crypto.ts'
import { openDatabase } from './db.ts'
import { newId } from './ids.ts'
import { blobKeysOf, removeLeftOvers } from './left-over-blobs.ts'
import { createFolderStore, createS3Store, type ObjectStore } from './object-store.ts'

const log = pino({ level: 'silent' })

for (const [engine, kind] of [
  ['sqlite', 'folder'],
  ['mariadb', 's3'],
] as const) {
  describe(`bytes of uploads that came to nothing, with ${engine} and a ${kind}`, function () {
    this.timeout(60_000)
    let world: World
    let live: LiveVisit
    let objects: ObjectStore
    let blobs: BlobStore
    let stopS3 = async (): Promise<void> => {}

    before(async () => {
      const s3 = kind === 's3' ? await startS3() : null
      if (s3) stopS3 = s3.stop
      const settings = s3 && {
        S3_ENDPOINT: s3.settings.endpoint,
        S3_ACCESS_KEY_ID: s3.settings.accessKeyId,
        S3_SECRET_ACCESS_KEY: s3.settings.secretAccessKey,
      }
      world = await startWorld({ engine, media: true, ...(settings ? { settings } : {}) })
      const { config } = world.house
      objects = s3 ? createS3Store(s3.settings) : createFolderStore(join(config.dataDir, 'pictures'))
      blobs = createBlobStore({ objects, keys: deriveKeys(config.secret ?? ''), clock: world.clock })
      live = await aLiveVisit(world)
      await picturesWithEverything()
    })
    after(async () => {
      await world?.close()
      await stopS3()
    })

    async function picturesWithEverything(): Promise<void> {
      const { consultId, doctor } = live
      const params = { consultId }
      for (let n = 0; n < 6; n++) {
        world.clock.advance(20_000)
        await doctor.client.call(addPicture, { params, query: { idempotencyKey: aKey() }, bytes: await aJpeg(64 + n, 48) }) // prettier-ignore
      }
      const first = await waitFor('all are made', async () => {
        const { snapshots } = await doctor.client.call(listSnapshots, { params })
        return snapshots.every(({ state }) => state === 'ready') ? snapshots[0] : null
      })
      assert.ok(first)
      await doctor.client.call(enhanceSnapshot, { params: { snapshotId: first.id }, body: { by: 'plain', idempotencyKey: aKey() } }) // prettier-ignore
      await waitFor('the enhancement is made', async () =>
        (await enhancementsOf(first.id)).every(({ state }) => state === 'ready'),
      )
      const { key, sha256 } = await blobs.put(Buffer.from('a referral letter'))
      await world.house.db.write(
        (tx) =>
        tx.manager.insert(documentEntity, { id: newId(RecordId, world.clock), patientId: live.visit.patient.id, encounterId: null, title: 'Letter', contentType: 'text/plain', blobKey: key, sha256, bytes: 17, createdBy: null, createdAt: world.clock.now() }), // prettier-ignore
      )
    }
    const enhancementsOf = async (snapshotId: SnapshotId) =>
      (await live.doctor.client.call(listEnhancements, { params: { snapshotId } })).enhancements

    const names = async () =>
      (await allOf(objects)).map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1))
    /** As a look some days from now finds it. */
    const look = (afterMs: number, db = world.house.db) => {
      const clock = { now: () => Date.now() + afterMs }
      return removeLeftOvers({ db, entities, objects, blobs, clock, log })
    }

    it('go when they are older than a day, and all that has a row stays', async () => {
      const kept = await names()
      const rows = await world.house.db.read(async (tx) => [
        ...(await tx.manager.find(snapshotVariantEntity)),
        ...(await tx.manager.find(enhancementEntity)),
        ...(await tx.manager.find(documentEntity)),
      ])
      assert.deepEqual(new Set(rows.map(({ blobKey }) => blobKey)), new Set(kept))
      assert.ok(kept.length >= 20, `${kept.length}`)

      const { key } = await blobs.put(Buffer.from('an upload whose row was never written'))
      const young = await look(dayMs / 2)
      assert.deepEqual([young.leftOver, young.removed], [0, 0])
      assert.equal(await objects.has(key), true)

      const old = await look(2 * dayMs)
      assert.deepEqual(old, { looked: kept.length + 1, leftOver: 1, removed: 1 })
      assert.deepEqual(await names(), kept)
      for (const name of kept) assert.ok((await blobs.get(name)).length > 0)
    })

    it('stay when they are of another installation, whose pictures lie in the same place', async () => {
      const others = createBlobStore({ objects, keys: deriveKeys('the secret of another clinic 0815'), clock: world.clock }) // prettier-ignore
      const { key } = await others.put(Buffer.from('a picture of their patient'))
      assert.equal((await look(2 * dayMs)).removed, 0)
      assert.equal(await objects.has(key), true)
      await objects.remove(key)
    })

    it('stay when the database knows too few: it is not the one that belongs to them', async () => {
      const before = await names()
      const sqliteFile = join(await tempFolder('empty'), 'bedside.sqlite')
      const empty = await openDatabase({ url: null, sqliteFile, entities, migrations, log })
      try {
        const swept = await look(2 * dayMs, empty)
        assert.deepEqual(swept, { looked: before.length, leftOver: before.length, removed: 0 })
        assert.deepEqual(await names(), before)
      } finally {
        await empty.close()
      }
    })

    it('go from a small store too, unless they are a good part of it', async () => {
      const small = createFolderStore(await tempFolder('small'))
      const keep = createBlobStore({ objects: small, keys: deriveKeys(world.house.config.secret ?? ''), clock: world.clock }) // prettier-ignore
      for (let n = 0; n < 6; n++) {
        const { key, sha256 } = await keep.put(Buffer.from(`letter ${n}`))
        await world.house.db.write(
          (tx) =>
          tx.manager.insert(documentEntity, { id: newId(RecordId, world.clock), patientId: live.visit.patient.id, encounterId: null, title: 'Letter', contentType: 'text/plain', blobKey: key, sha256, bytes: 8, createdBy: null, createdAt: world.clock.now() }), // prettier-ignore
        )
      }
      const clock = { now: () => Date.now() + 2 * dayMs }
      const sweep = () =>
        removeLeftOvers({ db: world.house.db, entities, objects: small, blobs: keep, clock, log })
      for (const n of [1, 2]) await keep.put(Buffer.from(`came to nothing ${n}`))
      assert.deepEqual(await sweep(), { looked: 8, leftOver: 2, removed: 2 })
      for (const n of [1, 2, 3]) await keep.put(Buffer.from(`came to nothing ${n}`))
      assert.deepEqual(await sweep(), { looked: 9, leftOver: 3, removed: 0 })
    })
  })
}

describe('Columns that name stored bytes', () => {
  it('are all looked at before any are removed', () => {
    const found = entities.flatMap((entity) =>
      blobKeysOf(entity).map((key) => `${entity.options.name} ${key}`),
    )
    assert.deepEqual(found.toSorted(), [
      'document blobKey',
      'enhancement blobKey',
      'snapshot_variant blobKey',
    ])
    for (const entity of entities)
      for (const [property, column] of Object.entries(entity.options.columns))
        if (/blob/i.test(`${property} ${column?.name ?? ''}`))
          assert.ok(blobKeysOf(entity).includes(property), `${entity.options.name} ${property}`)
  })
})
