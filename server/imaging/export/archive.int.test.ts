import { deepEqual, equal, ok } from 'node:assert/strict'
import { minuteMs } from '#shared/time.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { uploadSnapshot } from '#shared/imaging.ts'
import type { ArchiveTransfer } from '#shared/imaging-export.ts'
import { listArchiveTransfers, sendToArchive } from '#shared/imaging-export.ts'
import { addAnnotation, type AnnotationShape } from '#shared/imaging-viewer.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aLiveVisit } from '#test/support/consults.ts'
import type { LiveVisit } from '#test/support/consults.ts'
import { dump, needsDicomTools, valueIn } from '#test/support/dicom.ts'
import { StowArchive } from '#test/support/stow-archive.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { outboxEntity } from '../../platform/outbox.ts'
import { uidOf } from '../dicom/uid.ts'
import { aJpeg } from '../pipeline/test/specimens.ts'
import { pictureExportEntity } from './picture-export.entity.ts'

const token = 'k7Qm2xVb9TnY4wLsJc5d'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`pictures on their way to the archive on ${engine}`, function () {
    this.timeout(60_000)
    let archive: StowArchive
    let world: World
    let live: LiveVisit

    before(async function () {
      needsDicomTools(this)
      archive = await StowArchive.open()
      const settings = { DICOM_STOW_URL: `${archive.url}/`, DICOM_STOW_TOKEN: token }
      world = await startWorld({ engine, media: true, settings })
      live = await aLiveVisit(world)
    })
    after(async () => {
      await world?.close()
      await archive?.close()
    })
    beforeEach(() => {
      archive.stored.length = 0
      archive.moods.length = 0
      archive.requests = 0
      world.clock.advance(30_000)
    })
    afterEach(() => deepEqual(archive.faults, []))

    async function aPicture(): Promise<Snapshot> {
      const { requestId } = await live.doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
      const params = { consultId: live.consultId }
      const bytes = await aJpeg(320, 240)
      return live.patient.client.call(uploadSnapshot, { params, query: { requestId }, bytes })
    }
    const sending = ({ id }: Snapshot, idempotencyKey = aKey()) => ({
      params: { snapshotId: id },
      body: { enhancementId: null, idempotencyKey },
    })
    const send = (picture: Snapshot, key = aKey()) =>
      live.doctor.client.call(sendToArchive, sending(picture, key))
    const transfers = async ({ id }: Snapshot) =>
      (await live.doctor.client.call(listArchiveTransfers, { params: { snapshotId: id } })).transfers
    const settled = (picture: Snapshot): Promise<ArchiveTransfer> =>
      waitFor('the archive has answered', async () => {
        const [newest] = await transfers(picture)
        return newest?.state !== 'queued' && newest
      }) as Promise<ArchiveTransfer>

    it('arrive whole and without one complaint, and the doctor sees it', async () => {
      const picture = await aPicture()
      const asked = await send(picture)
      deepEqual([asked.state, asked.failure, asked.settledAt], ['queued', null, null])
      const { id, state, failure, settledAt } = await settled(picture)
      deepEqual([id, state, failure], [asked.id, 'sent', null])
      ok(settledAt !== null)
      equal(archive.stored.length, 1)
      const [stored] = archive.stored
      equal(stored?.instanceUid, uidOf(picture.id))
      deepEqual(stored?.judged, { iod: 'VLPhotographicImage', complaints: [] })
      equal(stored?.authorization, `Bearer ${token}`)
      const trail = await world.house.audit.search({ action: 'snapshot.archived', limit: 10 })
      deepEqual(
        trail
          .filter(({ entityId }) => entityId === asked.id)
          .map(({ outcome, actorKind }) => [outcome, actorKind]),
        [['success', 'system']],
      )
    })

    it('are not sent twice, whoever presses how often', async () => {
      const picture = await aPicture()
      const key = aKey()
      const first = await send(picture, key)
      equal((await send(picture, key)).id, first.id)
      await settled(picture)
      equal((await send(picture)).id, first.id)
      equal((await transfers(picture)).length, 1)
      equal(archive.stored.length, 1)
      const another = await aPicture()
      equal((await live.doctor.client.refusal(sendToArchive, sending(another, key))).code, 'conflict')
      equal((await transfers(another)).length, 0)
    })

    it('are not sent twice by a request that is repeated after they have arrived', async () => {
      const picture = await aPicture()
      const first = await send(picture)
      await settled(picture)
      const key = aKey()
      deepEqual([(await send(picture, key)).id, (await send(picture, key)).id], [first.id, first.id])
      equal(archive.requests, 1)
    })

    const across = (y: number): AnnotationShape => ({
      kind: 'ruler',
      points: [
        { x: 0.25, y },
        { x: 0.75, y },
      ],
    })
    const draw = ({ id }: Snapshot, shape: AnnotationShape) =>
      live.doctor.client.call(addAnnotation, {
        params: { snapshotId: id },
        body: { shape, idempotencyKey: aKey() },
      })
    const sendDrawn = (picture: Snapshot, key = aKey()) => {
      const { params, body } = sending(picture, key)
      return live.doctor.client.call(sendToArchive, { params, body: { ...body, drawings: true } })
    }
    const ofDrawings = async (picture: Snapshot) =>
      (await transfers(picture)).filter((transfer) => transfer.of === 'drawings')
    const allSettled = (picture: Snapshot) =>
      waitFor('the archive has answered about all of it', async () =>
        (await transfers(picture)).every(({ state }) => state !== 'queued'),
      )
    const linesIn = (said: string) => (said.match(/GraphicType/g) ?? []).length

    it('take what is drawn on them along where that is asked for, as a second file of the same study', async () => {
      const picture = await aPicture()
      const { params, body } = sending(picture)
      const refusal = await live.doctor.client.refusal(sendToArchive, {
        params,
        body: { ...body, drawings: true },
      })
      deepEqual([refusal.code, refusal.params], ['conflict', { reason: 'nothing_drawn' }])
      deepEqual(await transfers(picture), [])
      await draw(picture, across(0.5))
      const key = aKey()
      const asked = await sendDrawn(picture, key)
      equal(asked.of, 'picture')
      equal((await sendDrawn(picture, key)).id, asked.id)
      await allSettled(picture)
      await sendDrawn(picture)
      deepEqual((await transfers(picture)).map((one) => [one.of, one.state, one.outdated]).toSorted(), [
        ['drawings', 'sent', false],
        ['picture', 'sent', false],
      ])
      equal(archive.requests, 2)
      const [state, photograph] = archive.stored.toSorted((a, b) => (a.judged.iod < b.judged.iod ? -1 : 1))
      ok(state && photograph)
      deepEqual(state.judged, { iod: 'ColorSoftcopyPresentationState', complaints: [] })
      const [saidOfState, saidOfPhotograph] = [await dump(state.bytes), await dump(photograph.bytes)]
      for (const same of ['StudyInstanceUID', 'PatientID'])
        equal(valueIn(saidOfState, same), valueIn(saidOfPhotograph, same))
      ok(saidOfState.includes(uidOf(picture.id)), 'they lie over this picture')
    })

    it('take along what was drawn when it was asked for, whatever is drawn until the archive answers', async () => {
      const picture = await aPicture()
      await send(picture)
      await settled(picture)
      await draw(picture, across(0.3))
      archive.moods.push({ answers: 503 })
      await sendDrawn(picture)
      await waitFor('the first try', () => archive.requests >= 2)
      await draw(picture, across(0.6))
      world.clock.advance(minuteMs)
      await allSettled(picture)
      deepEqual(
        (await ofDrawings(picture)).map(({ state, outdated }) => [state, outdated]),
        [['sent', true]],
      )
      equal(linesIn(await dump(archive.stored.at(-1)?.bytes ?? Buffer.alloc(0))), 1)
      await sendDrawn(picture)
      await allSettled(picture)
      deepEqual(
        (await ofDrawings(picture)).map(({ state, outdated }) => [state, outdated]),
        [
          ['sent', false],
          ['sent', true],
        ],
      )
      equal(linesIn(await dump(archive.stored.at(-1)?.bytes ?? Buffer.alloc(0))), 2)
      equal((await transfers(picture)).filter((one) => one.of === 'picture').length, 1)
    })

    it('are there though the archive refuses what is drawn on them, and the doctor sees which is missing', async () => {
      const picture = await aPicture()
      await send(picture)
      await settled(picture)
      await draw(picture, across(0.5))
      archive.moods.push({ refusesFor: 0x0122 })
      await sendDrawn(picture)
      await allSettled(picture)
      deepEqual(
        (await transfers(picture)).map((one) => [one.of, one.state, one.failure]),
        [
          ['drawings', 'failed', 'refused'],
          ['picture', 'sent', null],
        ],
      )
    })

    it('are tried again while the archive is away, and arrive', async () => {
      const endless = { answers: 200, body: ' '.repeat(2 * 1024 * 1024) }
      archive.moods.push({ answers: 503 }, { hangsUp: true }, { answers: 429 }, endless)
      const picture = await aPicture()
      await send(picture)
      const tried = (times: number) => waitFor(`try ${times}`, () => archive.requests >= times)
      for (const times of [1, 2, 3, 4]) {
        await tried(times)
        equal((await transfers(picture))[0]?.state, 'queued')
        world.clock.advance(minuteMs)
      }
      equal((await settled(picture)).state, 'sent')
      equal(archive.stored.length, 1)
    })

    it('are there already when the archive says so', async () => {
      archive.moods.push({ refusesFor: 0x0111 })
      const picture = await aPicture()
      await send(picture)
      equal((await settled(picture)).state, 'sent')
    })

    it('fail with the reason, and may be sent anew', async () => {
      for (const [mood, failure] of [
        [{ refusesFor: 0xa900 }, 'refused'],
        [{ answers: 400 }, 'refused'],
        [{ answers: 401 }, 'not_allowed'],
        [{ answers: 404 }, 'wrong_address'],
        [{ answers: 200, type: 'text/html; charset=utf-8', body: '<form>Sign in</form>' }, 'wrong_address'],
        [{ redirectsTo: `${archive.url}/studies` }, 'wrong_address'],
      ] as const) {
        archive.moods.push(mood)
        const picture = await aPicture()
        await send(picture)
        deepEqual([(await settled(picture)).state, (await settled(picture)).failure], ['failed', failure])
        equal(archive.stored.length, 0)
        world.clock.advance(minuteMs)
      }
      const picture = await aPicture()
      archive.moods.push({ answers: 403 })
      const first = await send(picture)
      await settled(picture)
      const second = await send(picture)
      ok(first.id !== second.id)
      equal((await settled(picture)).state, 'sent')
      deepEqual(
        (await transfers(picture)).map(({ state }) => state),
        ['sent', 'failed'],
      )
    })

    it('are given up when the archive stays away', async () => {
      archive.moods.push({ answers: 503 }, { answers: 503 })
      const picture = await aPicture()
      const { id } = await send(picture)
      await waitFor('the first try is counted', async () => {
        const row = await world.house.db.read((tx) => tx.manager.findOneBy(pictureExportEntity, { id }))
        return row?.attempts === 1
      })
      // A quarter of an hour later.
      await world.house.db.write((tx) => tx.manager.update(pictureExportEntity, { id }, { attempts: 15 }))
      world.clock.advance(minuteMs)
      deepEqual([(await settled(picture)).state, (await settled(picture)).failure], ['failed', 'unreachable'])
      equal(archive.requests, 2)
    })

    it('are given up, and the doctor sees it, when servers died over them each time', async () => {
      archive.moods.push({ answers: 503 })
      const picture = await aPicture()
      const { id } = await send(picture)
      await waitFor('the first try has failed', async () => {
        const row = await world.house.db.read((tx) => tx.manager.findOneBy(pictureExportEntity, { id }))
        return row?.attempts === 1
      })
      // As twenty servers leave it that were killed in the middle: counted by the outbox, not by the transfer.
      await waitFor('it is given up', async () => {
        const row = { name: 'picture-export.queued' }
        await world.house.db.write((tx) => tx.manager.update(outboxEntity, row, { attempts: 20, dueAt: 0 }))
        return (await transfers(picture))[0]?.state === 'failed'
      })
      equal((await settled(picture)).failure, 'unreachable')
      equal(archive.requests, 1)
    })

    it('are sent by doctors in care only', async () => {
      const picture = await aPicture()
      const params = { snapshotId: picture.id }
      const refusals = async (client: Client) => [
        (await client.refusal(sendToArchive, sending(picture))).code,
        (await client.refusal(listArchiveTransfers, { params })).code,
      ]
      deepEqual(await refusals(world.stranger()), ['unauthenticated', 'unauthenticated'])
      deepEqual(await refusals(live.patient.client), ['not_found', 'not_found'])
      deepEqual(await refusals(await world.signIn('otherDoctor')), ['not_found', 'not_found'])
      deepEqual(await transfers(picture), [])
      equal(archive.requests, 0)
    })

    it('leave neither names nor the login in the log', () => {
      const log = world.log.join('\n')
      ok(log.includes('archive took no picture') && log.includes('archive given up'))
      for (const word of ['Muster', 'Erika', live.visit.patient.identifier, token])
        ok(!log.includes(word), word)
    })
  })
}

describe('A clinic without an archive', function () {
  this.timeout(60_000)

  it('says so', async () => {
    const world = await startWorld({ media: true })
    try {
      const live = await aLiveVisit(world)
      const { requestId } = await live.doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
      const params = { consultId: live.consultId }
      const upload = { params, query: { requestId }, bytes: await aJpeg() }
      const { id: snapshotId } = await live.patient.client.call(uploadSnapshot, upload)
      const found = await live.doctor.client.call(listArchiveTransfers, { params: { snapshotId } })
      deepEqual(found, { archive: false, transfers: [] })
      const body = { enhancementId: null, idempotencyKey: aKey() }
      const problem = await live.doctor.client.refusal(sendToArchive, { params: { snapshotId }, body })
      deepEqual([problem.code, problem.params], ['conflict', { reason: 'no_archive' }])
    } finally {
      await world.close()
    }
  })
})
