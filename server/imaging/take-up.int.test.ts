import assert from 'node:assert/strict'
import { EnhancementId, PractitionerId, SnapshotId } from '#shared/ids.ts'
import { createRedisCoordination } from '#server/platform/coordination.ts'
import { newId } from '#server/platform/ids.ts'
import type { Jobs } from '#server/platform/jobs.ts'
import { addSnapshot, findSnapshot } from '#server/records/index.ts'
import { aLiveVisit } from '#test/support/consults.ts'
import { sharedRedis } from '#test/support/redis.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { createAutomaticPictures } from './automatic.ts'
import { addEnhancement, findEnhancement } from './enhancements.store.ts'
import { createEnhancementWork } from './make-enhancement.ts'
import type { ImagingNeeds } from './needs.ts'
import { createPipeline } from './pipeline/index.ts'
import { aJpeg } from './pipeline/test/specimens.ts'
import { nameRecipe } from './recipes.ts'

describe('pictures that a server has left behind', function () {
  this.timeout(60_000)
  let world: World

  before(async () => {
    world = await startWorld({ engine: 'mariadb', media: true })
  })
  after(() => world.close())

  it('are made once though two servers look for them at the same time', async () => {
    const { consultId, visit } = await aLiveVisit(world)
    const { db, clock, log, audit } = world.house
    const pipeline = createPipeline({ log })
    const { url } = await sharedRedis()
    const stores = [await createRedisCoordination(url, log), await createRedisCoordination(url, log)]
    let made = 0
    const counting: typeof pipeline = {
      ...pipeline,
      derive: (...job) => {
        made++
        return pipeline.derive(...job)
      },
      begin: (...job) => {
        made++
        return pipeline.begin(...job)
      },
    }
    const jpeg = await aJpeg(640, 480)
    const blobs = { put: async () => ({ sha256: '0'.repeat(64), key: 'made' }), get: async () => jpeg, remove: async () => {} } // prettier-ignore
    const sweeps: (() => Promise<void>)[] = []
    const jobs = { every: (_name, _ms, work) => void sweeps.push(work) } as Pick<Jobs, 'every'> as Jobs
    const consult = { tell: () => {} } as unknown as ImagingNeeds['consult']
    try {
      for (const coordination of stores) {
        const parts = { db, clock, log, audit, jobs, coordination, blobs, consult, pipeline: counting }
        const needs = parts as Partial<ImagingNeeds> as ImagingNeeds
        createAutomaticPictures(needs)
        createEnhancementWork(needs)
      }
      const left = await db.write(async (tx) => {
        const ids: SnapshotId[] = []
        for (let n = 0; n < 3; n++) {
          const id = newId(SnapshotId, clock)
          const form = { blobKey: 'there', sha256: '0'.repeat(64), contentType: 'image/jpeg', bytes: jpeg.length, width: 640, height: 480 } // prettier-ignore
          await addSnapshot(tx, { id, patientId: visit.patient.id, encounterId: null, consultId, takenAt: clock.now() - 60_000, origin: 'doctor' }, form) // prettier-ignore
          ids.push(id)
        }
        return ids
      })
      const wished = newId(EnhancementId, clock)
      const { name, json, hash } = nameRecipe('plain')
      const at = clock.now() - 60_000
      const nothing = { engine: null, blobKey: null, sha256: null, bytes: null, width: null, height: null }
      await db.write(
        (tx) =>
        addEnhancement(tx, { id: wished, snapshotId: left[0]!, name, recipeHash: hash, recipeJson: json, state: 'processing', failure: null, createdAt: at, createdBy: newId(PractitionerId, clock), askedAt: at, ...nothing }), // prettier-ignore
      )

      await Promise.all(sweeps.map((sweep) => sweep()))
      // Who came to one that the other was at has left it; a later look finds what is still to do.
      await Promise.all(sweeps.map((sweep) => sweep()))
      const states = await db.read((tx) => Promise.all(left.map((id) => findSnapshot(tx, id))))
      assert.deepEqual(states.map((row) => row?.state), ['ready', 'ready', 'ready']) // prettier-ignore
      assert.equal((await db.read((tx) => findEnhancement(tx, wished)))?.state, 'ready')
      assert.equal(made, 4)
    } finally {
      await pipeline.close()
      for (const store of stores) await store.close()
    }
  })
})
