import assert from 'node:assert/strict'
import { In } from 'typeorm'
import { Problem } from '#shared/errors.ts'
import type { EnhancementId } from '#shared/ids.ts'
import type { Enhancement, Snapshot } from '#shared/imaging.ts'
import {
  enhanceSnapshot,
  listEnhancements,
  readEnhancement,
  readEnhancementImage,
  readSnapshotImage,
  uploadSnapshot,
} from '#shared/imaging.ts'
import { presets, recipeOf, type PresetName, type Recipe } from '#shared/imaging-recipe.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aLiveVisit } from '#test/support/consults.ts'
import type { LiveVisit } from '#test/support/consults.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { snapshotVariantEntity } from '../records/picture.entity.ts'
import { enhancementEntity } from './enhancement.entity.ts'
import { findEnhancement } from './enhancements.store.ts'
import { aJpeg, metadataOf } from './pipeline/test/specimens.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`enhancements of a picture on ${engine}`, function () {
    this.timeout(60_000)
    let world: World
    let live: LiveVisit
    let snapshot: Snapshot

    before(async () => {
      world = await startWorld({ engine, media: true })
      live = await aLiveVisit(world)
      snapshot = await aPicture()
    })
    after(() => world.close())
    // Each test is another minute: nobody asks for more pictures than a doctor could.
    beforeEach(() => world.clock.advance(30_000))

    async function aPicture(): Promise<Snapshot> {
      const { requestId } = await live.doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
      return live.patient.client.call(uploadSnapshot, {
        params: { consultId: live.consultId },
        query: { requestId },
        bytes: await aJpeg(640, 480),
      })
    }
    const asking = (by: PresetName | Recipe, snapshotId = snapshot.id, idempotencyKey = aKey()) => ({
      params: { snapshotId },
      body: { by, idempotencyKey },
    })
    const enhance = (by: PresetName | Recipe, key = aKey()): Promise<Enhancement> =>
      live.doctor.client.call(enhanceSnapshot, asking(by, snapshot.id, key))
    const listed = async (client: Client, snapshotId = snapshot.id) =>
      (await client.call(listEnhancements, { params: { snapshotId } })).enhancements
    // From the table: who asks the server this often is told to wait.
    const stateOf = async (id: EnhancementId) =>
      (await world.house.db.read((tx) => findEnhancement(tx, id)))?.state
    async function ready(enhancementId: EnhancementId): Promise<Enhancement> {
      await waitFor(
        'the enhancement is made',
        async () => (await stateOf(enhancementId)) !== 'processing',
        20_000,
      )
      return live.doctor.client.call(readEnhancement, { params: { enhancementId } })
    }
    const image = (client: Client, enhancementId: EnhancementId) =>
      client.bytes(readEnhancementImage, { params: { enhancementId } })
    const trail = async (action: string, entityId: string) =>
      (await world.house.audit.search({ action, limit: 50 })).filter((row) => row.entityId === entityId)

    it('are made by name, announced to both, and seen by both', async () => {
      const asked = await enhance('skinDetail')
      assert.deepEqual([asked.name, asked.snapshotId, asked.sha256], ['skinDetail', snapshot.id, null])
      for (const { socket } of [live.doctor, live.patient]) {
        const news = await socket.hears(
          'enhancement:changed',
          (told) => told.enhancementId === asked.id && told.state === 'ready',
        )
        assert.equal(news.snapshotId, snapshot.id)
      }
      for (const { client } of [live.doctor, live.patient]) {
        const [found] = (await listed(client)).filter(({ id }) => id === asked.id)
        assert.deepEqual([found?.state, found?.width, found?.height], ['ready', 640, 480])
        assert.deepEqual(found?.recipe, presets.skinDetail)
        const bytes = await image(client, asked.id)
        assert.equal(bytes.length, found?.bytes)
        assert.equal((await metadataOf(bytes)).format, 'jpeg')
      }
      assert.equal((await trail('enhancement.asked', asked.id)).length, 1)
      assert.equal((await trail('enhancement.made', asked.id))[0]?.outcome, 'success')
      assert.equal((await trail('enhancement.viewed', asked.id)).length, 2)
      assert.ok((await trail('enhancement.listed', snapshot.id)).length >= 2)
    })

    it('are made by the steps that a doctor chose, in their order, and leave the original alone', async () => {
      const original = () =>
        live.doctor.client.bytes(readSnapshotImage, {
          params: { snapshotId: snapshot.id, variant: 'original' },
        })
      const before = await original()
      const steps = presets.balanced.steps
      const one = await ready((await enhance(recipeOf(steps.slice(0, 2)))).id)
      const other = await ready((await enhance(recipeOf(steps.slice(0, 2).reverse()))).id)
      assert.deepEqual([one.name, other.name], ['custom', 'custom'])
      assert.notEqual(one.sha256, other.sha256)
      assert.match(one.engine ?? '', /^sharp /)
      assert.ok(before.equals(await original()))
    })

    it('are the same one for the same steps, whoever presses how often', async () => {
      const by = recipeOf([{ op: 'scaleAbs', version: 1, alpha: 1.5, beta: 0 }])
      const asked = await Promise.all([1, 2, 3].map(() => enhance(by)))
      assert.equal(new Set(asked.map(({ id }) => id)).size, 1)
      const key = aKey()
      const first = await enhance('brighter', key)
      assert.equal((await enhance('brighter', key)).id, first.id)
      const another = asking(recipeOf([{ op: 'gamma', version: 1, gamma: 0.6 }]), snapshot.id, key)
      assert.equal((await live.doctor.client.refusal(enhanceSnapshot, another)).code, 'conflict')
      const made = await ready(first.id)
      // The preset put together by hand, its keys in another order, is the preset.
      const { thumbnail, display, steps, version } = presets.brighter
      const again = await enhance({ thumbnail, display, steps, version })
      assert.deepEqual([again.id, again.name, again.sha256], [first.id, 'brighter', made.sha256])
    })

    it('are not made of what is no recipe, nor of one without bounds', async () => {
      const before = (await listed(live.doctor.client)).length
      const [step] = presets.balanced.steps
      for (const by of [
        'rembrandt',
        { ...presets.plain, steps: Array.from({ length: 17 }, () => step) },
        { ...presets.plain, steps: [{ op: 'gaussian', version: 1, sigma: 1e9 }] },
        { ...presets.plain, display: { maxEdge: 100_000, quality: 90 } },
      ]) {
        const response = await live.doctor.client.send(enhanceSnapshot, {
          params: { snapshotId: snapshot.id },
          body: { by, idempotencyKey: aKey() },
        })
        assert.equal(response.status, 400)
      }
      assert.equal((await listed(live.doctor.client)).length, before)
    })

    it('are asked for by doctors in care only: not by strangers, other staff or the patient', async () => {
      const refusal = async (client: Client) =>
        (await client.refusal(enhanceSnapshot, asking('document'))).code
      assert.equal(await refusal(world.stranger()), 'unauthenticated')
      assert.equal(await refusal(live.patient.client), 'not_found')
      for (const who of ['otherDoctor', 'scheduler', 'administrator'] as const)
        assert.equal(await refusal(await world.signIn(who)), 'not_found', who)
      assert.ok((await listed(live.doctor.client)).every(({ name }) => name !== 'document'))
      assert.ok((await trail('enhancement.asked', snapshot.id)).some((row) => row.outcome === 'refused'))
    })

    it('do not exist for other doctors, other staff and strangers', async () => {
      const { id: enhancementId } = await ready((await enhance('skinDetail')).id)
      for (const who of ['otherDoctor', 'scheduler', 'administrator', null] as const) {
        const client = who === null ? world.stranger() : await world.signIn(who)
        const codes = [
          (await client.refusal(readEnhancement, { params: { enhancementId } })).code,
          (await client.refusal(readEnhancementImage, { params: { enhancementId } })).code,
          (await client.refusal(listEnhancements, { params: { snapshotId: snapshot.id } })).code,
        ]
        const code = who === null ? 'unauthenticated' : 'not_found'
        assert.deepEqual(codes, [code, code, code], who ?? 'a stranger')
      }
      assert.ok((await trail('enhancement.viewed', enhancementId)).some((row) => row.outcome === 'refused'))
    })

    it('wait their turn when many are asked for at once: the rest is told when to come again, and none is lost', async () => {
      const { id: snapshotId } = await aPicture()
      const slow = { op: 'bilateral', version: 1, diameter: 7, sigmaColour: 40 } as const
      const recipes = Array.from({ length: 50 }, (_, at) => recipeOf([{ ...slow, sigmaSpace: 1 + at / 100 }]))
      const desks = await Promise.all(Array.from({ length: 5 }, () => world.signIn('doctor')))
      const answers = await Promise.all(
        recipes.map((by, at) => desks[at % 5]!.send(enhanceSnapshot, asking(by, snapshotId))),
      )
      const statuses = answers.map((answer) => answer.status)
      assert.deepEqual(new Set(statuses), new Set([201, 503]))
      const refused = answers.find((answer) => answer.status === 503)
      assert.ok(Number(refused?.headers.get('retry-after')) >= 1)
      const { code, retryable, params } = Problem.parse(await refused?.json())
      assert.deepEqual([code, retryable], ['busy', true])
      assert.ok(Number(params?.['retryAfterMs']) > 0)

      const startedAt = performance.now()
      await listed(live.patient.client)
      assert.ok(performance.now() - startedAt < 1_000, 'others are served meanwhile')

      for (const [at, status] of statuses.entries()) {
        if (status === 201) continue
        await waitFor('there is room again', () => {
          world.clock.advance(2_000)
          return live.doctor.client.call(enhanceSnapshot, asking(recipes[at]!, snapshotId))
        })
      }
      await waitFor(
        'all are made',
        async () => {
          world.clock.advance(500)
          const made = await listed(live.doctor.client, snapshotId)
          return made.length === 50 && made.every(({ state }) => state === 'ready')
        },
        30_000,
      )
    })

    it('that a dead server left behind are made by the next, though the bytes of an older one are lost', async () => {
      const { id: snapshotId } = await aPicture()
      const gone = await live.doctor.client.call(enhanceSnapshot, asking('plain', snapshotId))
      const by = recipeOf([{ op: 'gamma', version: 1, gamma: 1.7 }])
      const { id } = await enhance(by)
      await ready(gone.id)
      await ready(id)
      // As if the server had stopped between the row and the picture.
      const blank = { state: 'processing', blobKey: null, sha256: null, bytes: null } as const
      await world.house.db.write(async (tx) => {
        await tx.manager.update(enhancementEntity, { id: In([gone.id, id]) }, blank)
        await tx.manager.update(
          snapshotVariantEntity,
          { snapshotId, variant: 'original' },
          { blobKey: 'lost' },
        )
      })
      world.clock.advance(60_000)
      await waitFor('the sweep has made it', async () => (await stateOf(id)) === 'ready', 30_000)
      assert.equal((await listed(live.doctor.client, snapshotId))[0]?.state, 'processing')
    })

    it('made by steps that nobody knows any more are still listed and seen, without their steps', async () => {
      const known = await ready((await enhance('plain')).id)
      const { id } = await ready((await enhance(recipeOf([{ op: 'gamma', version: 1, gamma: 1.3 }]))).id)
      const recipeJson = JSON.stringify({ ...presets.plain, steps: [{ op: 'daguerreotype', version: 1 }] })
      await world.house.db.write((tx) => tx.manager.update(enhancementEntity, { id }, { recipeJson }))
      for (const { client } of [live.doctor, live.patient]) {
        const list = await listed(client)
        const found = list.find((one) => one.id === id)
        assert.deepEqual([found?.name, found?.recipe, found?.state], ['custom', null, 'ready'])
        assert.deepEqual(list.find((one) => one.id === known.id)?.recipe, presets.plain)
        assert.equal((await image(client, id)).length, found?.bytes)
      }
    })

    it('have an end: a hundred of one picture, then no more', async () => {
      const { id } = await aPicture()
      const ask = (turn: number) => {
        world.clock.advance(2_000)
        return asking(recipeOf([{ op: 'scaleAbs', version: 1, alpha: 1, beta: turn }]), id)
      }
      const { client } = live.doctor
      for (let turn = 1; turn <= 100; turn++)
        await waitFor('there is room for one more', () => client.call(enhanceSnapshot, ask(turn)))
      const code = await waitFor('an answer other than busy', async () => {
        const problem = await client.refusal(enhanceSnapshot, ask(101))
        return problem.code === 'busy' ? null : problem.code
      })
      assert.equal(code, 'limit_reached')
    })
  })
}
