import assert from 'node:assert/strict'
import type { RecordId, SnapshotId } from '#shared/ids.ts'
import {
  listSnapshots,
  readSnapshot,
  readSnapshotImage,
  SnapshotVariant,
  uploadSnapshot,
} from '#shared/imaging.ts'
import { minuteMs } from '#shared/time.ts'
import { aKey } from '#test/support/builders.ts'
import { aLiveVisit } from '#test/support/consults.ts'
import type { LiveVisit } from '#test/support/consults.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { snapshotVariantEntity } from '../records/picture.entity.ts'
import {
  aBomb,
  aJpeg,
  anSvg,
  exifSegment,
  gpsMark,
  insertInJpeg,
  metadataOf,
  webPage,
} from './pipeline/test/specimens.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`pictures in a visit on ${engine}`, function () {
    this.timeout(60_000)
    let world: World
    let live: LiveVisit

    before(async () => {
      world = await startWorld({ engine, media: true })
      live = await aLiveVisit(world)
    })
    after(() => world.close())

    it('may take as long to arrive as the browser is patient: two minutes on a slow line', () => {
      assert.ok(world.house.http.server.requestTimeout >= 2 * minuteMs)
    })

    async function asked(): Promise<RecordId> {
      const { requestId } = await live.doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
      return requestId
    }
    async function allowed(): Promise<RecordId> {
      const requestId = await asked()
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
      return requestId
    }
    const upload = (requestId: RecordId, bytes: Uint8Array) =>
      live.patient.client.call(uploadSnapshot, {
        params: { consultId: live.consultId },
        query: { requestId },
        bytes,
      })
    const refusal = (requestId: RecordId, bytes: Uint8Array) =>
      live.patient.client.refusal(uploadSnapshot, {
        params: { consultId: live.consultId },
        query: { requestId },
        bytes,
      })
    const image = (client: LiveVisit['doctor']['client'], snapshotId: SnapshotId, variant: SnapshotVariant) =>
      client.bytes(readSnapshotImage, { params: { snapshotId, variant } })
    const pictures = async () =>
      (await live.doctor.client.call(listSnapshots, { params: { consultId: live.consultId } })).snapshots

    it('are asked for, allowed, taken, enhanced, and seen by both', async () => {
      const requestId = await asked()
      const heard = await live.patient.socket.hears(
        'snapshot:requested',
        (news) => news.requestId === requestId,
      )
      assert.equal(heard.requestedBy, live.doctor.view.self)
      const view = await live.patient.socket.request('consult:sync', {})
      assert.equal(view.snapshotRequest?.requestId, requestId)
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
      assert.equal((await live.patient.socket.request('consult:sync', {})).snapshotRequest, null)

      const taken = await upload(requestId, await aJpeg(640, 480))
      await live.doctor.socket.hears('snapshot:captured', (news) => news.snapshotId === taken.id)
      const enhanced = await live.doctor.socket.hears(
        'snapshot:enhanced',
        (news) => news.snapshotId === taken.id,
      )
      assert.equal(enhanced.state, 'ready')
      for (const { client } of [live.doctor, live.patient]) {
        const original = await metadataOf(await image(client, taken.id, 'original'))
        const better = await metadataOf(await image(client, taken.id, 'enhanced'))
        assert.deepEqual([original.width, original.height, original.format], [640, 480, 'jpeg'])
        assert.deepEqual([better.width, better.height, better.format], [640, 480, 'jpeg'])
        for (const variant of ['preview', 'thumbnail'] as const) {
          const small = await metadataOf(await image(client, taken.id, variant))
          assert.deepEqual([small.width, small.height, small.format], [512, 384, 'webp'])
        }
      }
      const [listed] = await pictures()
      assert.equal(listed?.state, 'ready')
      assert.match(listed.recipe ?? '', /^balanced@/)
    })

    it('come as they were taken in place of a preview that there is not', async () => {
      const { id } = await upload(await allowed(), await aJpeg(640, 480))
      await live.doctor.socket.hears('snapshot:enhanced', (news) => news.snapshotId === id)
      const preview = { snapshotId: id, variant: 'preview' as const }
      await world.house.db.write((tx) => tx.manager.delete(snapshotVariantEntity, preview))
      const original = await image(live.doctor.client, id, 'original')
      assert((await image(live.doctor.client, id, 'preview')).equals(original))
    })

    it('are not taken without a yes', async () => {
      const before = (await pictures()).length
      const open = await asked()
      assert.equal((await refusal(open, await aJpeg())).code, 'consent_required')
      await live.patient.socket.request('snapshot:answer', { requestId: open, allowed: false })
      assert.equal((await refusal(open, await aJpeg())).code, 'snapshot_declined')
      const told = await live.doctor.socket.hears('snapshot:answered', (news) => news.requestId === open)
      assert.equal(told.allowed, false)
      assert.equal((await pictures()).length, before)
    })

    it('are not taken when the patient takes the yes back, which the doctor is told', async () => {
      const requestId = await allowed()
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: false })
      const told = await live.doctor.socket.hears(
        'snapshot:answered',
        (news) => news.requestId === requestId && !news.allowed,
      )
      assert.equal(told.allowed, false)
      const before = (await pictures()).length
      assert.equal((await refusal(requestId, await aJpeg())).code, 'snapshot_declined')
      assert.equal((await pictures()).length, before)
      const again = await live.patient.socket.refusal('snapshot:answer', { requestId, allowed: true })
      assert.equal(again.code, 'conflict')
    })

    it('are either there or not when the yes is taken back while they come in, and both are told the same', async () => {
      const bytes = await aJpeg(64, 48)
      for (let round = 0; round < 6; round++) {
        world.clock.advance(20_000)
        const requestId = await allowed()
        const before = (await pictures()).length
        const [uploaded, withdrawn] = await Promise.allSettled([
          upload(requestId, bytes),
          live.patient.socket.request('snapshot:answer', { requestId, allowed: false }),
        ])
        assert.notEqual(uploaded.status, withdrawn.status)
        assert.equal((await pictures()).length, before + (uploaded.status === 'fulfilled' ? 1 : 0))
      }
    })

    it('that were allowed and do not come are told to the doctor, as is a question without an answer', async () => {
      const requestId = await allowed()
      const { version } = live.doctor.socket.newsOf('consult:changed').at(-1) ?? { version: 0 }
      world.clock.advance(5 * minuteMs + 1)
      const lapsed = await live.doctor.socket.hears(
        'snapshot:lapsed',
        (news) => news.requestId === requestId,
        20_000,
      )
      assert.equal(lapsed.allowed, true)
      await live.doctor.socket.hears('consult:changed', (news) => news.version > version)
      assert.equal((await refusal(requestId, await aJpeg())).code, 'conflict')

      const open = await asked()
      world.clock.advance(minuteMs + 1)
      const unanswered = await live.doctor.socket.hears(
        'snapshot:lapsed',
        (news) => news.requestId === open,
        20_000,
      )
      assert.equal(unanswered.allowed, false)
      const again = live.doctor.socket.newsOf('snapshot:lapsed').map((news) => news.requestId)
      assert.equal(new Set(again).size, again.length, 'each is told once')
    })

    it('are asked for by the doctor only, and answered by the patient only', async () => {
      const foreign = await live.patient.socket.refusal('snapshot:request', { idempotencyKey: aKey() })
      assert.equal(foreign.code, 'not_found')
      const requestId = await asked()
      const own = await live.doctor.socket.refusal('snapshot:answer', { requestId, allowed: true })
      assert.equal(own.code, 'not_found')
      const upload = { params: { consultId: live.consultId }, query: { requestId }, bytes: await aJpeg() }
      assert.equal((await live.doctor.client.refusal(uploadSnapshot, upload)).code, 'not_found')
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: false })
    })

    it('ask once when the doctor presses twice, and give one picture when it is sent twice', async () => {
      const idempotencyKey = aKey()
      const [first, second] = await Promise.all(
        [1, 2].map(() => live.doctor.socket.request('snapshot:request', { idempotencyKey })),
      )
      assert.equal(first?.requestId, second?.requestId)
      const requestId = first?.requestId as RecordId
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
      const before = (await pictures()).length
      const bytes = await aJpeg(64, 48)
      const results = await Promise.all([upload(requestId, bytes), upload(requestId, bytes)])
      assert.equal(results[0].id, results[1].id)
      assert.equal((await pictures()).length, before + 1)
    })

    it('are asked for by one question at a time, however many presses of the doctor come in and come again', async () => {
      const press = (idempotencyKey: string) =>
        live.doctor.socket.request('snapshot:request', { idempotencyKey })
      const keys = [aKey(), aKey(), aKey(), aKey()]
      const first = await Promise.all(keys.map(press))
      const again = await Promise.all(keys.map(press))
      const questions = new Set([...first, ...again].map(({ requestId }) => requestId))
      assert.equal(questions.size, 1)
      for (const requestId of questions)
        await live.patient.socket.request('snapshot:answer', { requestId, allowed: false })
    })

    it('cannot be answered after a minute, nor sent five minutes after the answer', async () => {
      const late = await asked()
      world.clock.advance(minuteMs + 1)
      assert.equal(
        (await live.patient.socket.refusal('snapshot:answer', { requestId: late, allowed: true })).code,
        'conflict',
      )
      const slow = await allowed()
      world.clock.advance(5 * minuteMs + 1)
      assert.equal((await refusal(slow, await aJpeg())).code, 'conflict')
    })

    it('that are bombs, drawings, web pages or torn are refused, and the next good one is taken', async () => {
      const requestId = await allowed()
      const before = (await pictures()).length
      const bad: [Uint8Array, string][] = [
        [aBomb(30_000, 30_000), 'payload_too_large'],
        [Buffer.from(anSvg()), 'unsupported_media'],
        [Buffer.from(webPage), 'unsupported_media'],
        [(await aJpeg(320, 240)).subarray(0, 3000), 'image_rejected'],
        [Buffer.alloc(0), 'unsupported_media'],
        [Buffer.alloc(15 * 1024 * 1024 + 1, 0xff), 'payload_too_large'],
      ]
      const codes: string[] = []
      for (const [bytes] of bad) codes.push((await refusal(requestId, bytes)).code)
      assert.deepEqual(
        codes,
        bad.map(([, code]) => code),
      )
      assert.equal((await pictures()).length, before)
      await upload(requestId, await aJpeg())
      assert.equal((await pictures()).length, before + 1)
    })

    it('lose place, camera and what is hidden behind their end', async () => {
      const requestId = await allowed()
      const phone = insertInJpeg(await aJpeg(), exifSegment(1))
      const { id } = await upload(requestId, Buffer.concat([phone, Buffer.from(webPage)]))
      await waitFor(
        'the enhanced picture',
        async () =>
          (await live.doctor.client.call(readSnapshot, { params: { snapshotId: id } })).state === 'ready',
      )
      for (const variant of SnapshotVariant.options) {
        const bytes = await image(live.doctor.client, id, variant)
        assert.equal(bytes.includes(gpsMark), false, variant)
        assert.equal(bytes.includes('<script>'), false, variant)
      }
    })

    it('do not exist for other doctors, schedulers, administrators and strangers', async () => {
      const { id } = await upload(await allowed(), await aJpeg())
      for (const who of ['otherDoctor', 'scheduler', 'administrator'] as const) {
        const client = await world.signIn(who)
        assert.equal(
          (await client.refusal(readSnapshot, { params: { snapshotId: id } })).code,
          'not_found',
          who,
        )
        const variant = { params: { snapshotId: id, variant: 'original' as const } }
        assert.equal((await client.refusal(readSnapshotImage, variant)).code, 'not_found', who)
        assert.equal(
          (await client.refusal(listSnapshots, { params: { consultId: live.consultId } })).code,
          'not_found',
          who,
        )
      }
      assert.equal(
        (await world.stranger().refusal(readSnapshot, { params: { snapshotId: id } })).code,
        'unauthenticated',
      )
      const refused = await world.house.audit.search({ action: 'snapshot.read', limit: 20 })
      assert.ok(refused.some((row) => row.outcome === 'refused' && row.entityId === id))
    })
  })
}
