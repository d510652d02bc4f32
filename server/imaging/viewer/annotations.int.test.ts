import assert from 'node:assert/strict'
import { endConsult } from '#shared/consult.ts'
import { AnnotationId } from '#shared/ids.ts'
import type { SnapshotId } from '#shared/ids.ts'
import { uploadSnapshot } from '#shared/imaging.ts'
import {
  addAnnotation,
  listAnnotations,
  maxOutlinePoints,
  removeAnnotation,
  restoreAnnotation,
} from '#shared/imaging-viewer.ts'
import type { AnnotationShape } from '#shared/imaging-viewer.ts'
import { newId } from '#server/platform/ids.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aLiveVisit } from '#test/support/consults.ts'
import type { LiveVisit } from '#test/support/consults.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { aJpeg } from '../pipeline/test/specimens.ts'
import { annotationEntity } from './annotation.entity.ts'
import type { AnnotationRow } from './annotation.entity.ts'
import { annotationsOf, findAnnotation } from './annotations.store.ts'

const ruler: AnnotationShape = { kind: 'ruler', points: [{ x: 0.1, y: 0.2 }, { x: 0.6, y: 0.2 }] } // prettier-ignore
const arrow: AnnotationShape = { kind: 'arrow', points: [{ x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 }] } // prettier-ignore
const note: AnnotationShape = { kind: 'text', points: [{ x: 0.3, y: 0.3 }], text: 'margin irregular' }

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`what is drawn over a picture on ${engine}`, function () {
    this.timeout(60_000)
    let world: World
    let live: LiveVisit
    let snapshotId: SnapshotId

    before(async () => {
      world = await startWorld({ engine, media: true })
      live = await aLiveVisit(world)
      snapshotId = await aPicture(live)
    })
    after(() => world.close())

    const draw = (client: Client, shape: AnnotationShape, idempotencyKey = aKey()) =>
      client.call(addAnnotation, { params: { snapshotId }, body: { shape, idempotencyKey } })
    const refusedDrawing = async (client: Client, shape: AnnotationShape) =>
      (
        await client.refusal(addAnnotation, {
          params: { snapshotId },
          body: { shape, idempotencyKey: aKey() },
        })
      ).code
    const seenBy = async (client: Client) =>
      (await client.call(listAnnotations, { params: { snapshotId } })).annotations
    const take = (client: Client, annotationId: AnnotationId) =>
      client.call(removeAnnotation, { params: { annotationId } })

    it('is not there for strangers, schedulers, administrators and doctors of other patients', async () => {
      const { id } = await draw(live.doctor.client, ruler)
      const params = { snapshotId }
      const body = { shape: ruler, idempotencyKey: aKey() }
      const who: [Client, string][] = [[world.stranger(), 'unauthenticated']]
      for (const name of ['otherDoctor', 'scheduler', 'administrator'] as const)
        who.push([await world.signIn(name), 'not_found'])
      for (const [client, code] of who) {
        assert.equal((await client.refusal(listAnnotations, { params })).code, code)
        assert.equal((await client.refusal(addAnnotation, { params, body })).code, code)
        assert.equal((await client.refusal(removeAnnotation, { params: { annotationId: id } })).code, code)
      }
      assert.deepEqual(
        (await seenBy(live.doctor.client)).map((one) => one.id),
        [id],
      )
      await take(live.doctor.client, id)
    })

    it('is seen by both with its author and time, and the other one hears of it at once', async () => {
      const from = world.clock.now()
      const drawn = await draw(live.doctor.client, ruler)
      const heard = await live.patient.socket.hears(
        'annotation:changed',
        (news) => news.annotationId === drawn.id,
      )
      assert.deepEqual(heard, { snapshotId, annotationId: drawn.id })
      const [own] = await seenBy(live.doctor.client)
      const [seen] = await seenBy(live.patient.client)
      assert.deepEqual(own?.author, { role: 'practitioner', name: 'Dr. Doctor', own: true })
      assert.deepEqual(seen, { ...own, author: { ...own.author, own: false } })
      assert.deepEqual(seen.shape, ruler)
      assert.ok(seen.createdAt >= from && seen.createdAt <= world.clock.now())
    })

    it('may be anything that a doctor draws, and keeps its numbers exactly', async () => {
      const third = 1 / 3
      const shapes: AnnotationShape[] = [
        note,
        { kind: 'angle', points: [{ x: 0, y: 1 }, { x: third, y: 0 }, { x: 1, y: 0.1 }] }, // prettier-ignore
        { kind: 'calibration', points: [{ x: 0.1, y: 0.1 }, { x: 0.2, y: third }], millimetres: 20 }, // prettier-ignore
        { kind: 'outline', points: Array.from({ length: maxOutlinePoints }, (_, n) => ({ x: n / maxOutlinePoints, y: third })) }, // prettier-ignore
      ]
      for (const shape of shapes) {
        const { id } = await draw(live.doctor.client, shape)
        const found = (await seenBy(live.patient.client)).find((one) => one.id === id)
        assert.deepEqual(found?.shape, shape)
      }
    })

    it('by a patient is an arrow, nothing that measures or names', async () => {
      const before = (await seenBy(live.doctor.client)).length
      for (const shape of [ruler, note])
        assert.equal(await refusedDrawing(live.patient.client, shape), 'forbidden')
      assert.equal((await seenBy(live.doctor.client)).length, before)
      const { id } = await draw(live.patient.client, arrow)
      const seen = (await seenBy(live.doctor.client)).find((one) => one.id === id)
      assert.deepEqual(seen?.author, { role: 'patient', name: null, own: false })
    })

    it('is taken back by its author only, and the row stays', async () => {
      const mine = await draw(live.doctor.client, ruler)
      const theirs = await draw(live.patient.client, arrow)
      assert.equal((await live.patient.client.refusal(removeAnnotation, { params: { annotationId: mine.id } })).code, 'forbidden') // prettier-ignore
      assert.equal((await live.doctor.client.refusal(removeAnnotation, { params: { annotationId: theirs.id } })).code, 'forbidden') // prettier-ignore
      const from = world.clock.now()
      await take(live.doctor.client, mine.id)
      const until = world.clock.now()
      await take(live.doctor.client, mine.id)
      const left = await world.house.db.read((tx) => annotationsOf(tx, snapshotId))
      assert.equal(left.some(({ id }) => id === mine.id), false) // prettier-ignore
      assert.ok(left.some(({ id }) => id === theirs.id))
      const row = await world.house.db.read((tx) => findAnnotation(tx, mine.id))
      assert.ok(row?.removedAt && row.removedAt >= from && row.removedAt <= until)
      const nowhere = { params: { annotationId: newId(AnnotationId, world.clock) } }
      assert.equal((await live.doctor.client.refusal(removeAnnotation, nowhere)).code, 'not_found')
    })

    it('is put back by its author as old as it was: an older calibration does not become the newest', async () => {
      const calibration = (millimetres: number): AnnotationShape => ({ kind: 'calibration', points: ruler.points, millimetres }) // prettier-ignore
      const older = await draw(live.doctor.client, calibration(10))
      world.clock.advance(1_000)
      const newer = await draw(live.doctor.client, calibration(20))
      world.clock.advance(1_000)
      const params = { annotationId: older.id }
      const refused = async (client: Client) => (await client.refusal(restoreAnnotation, { params })).code
      await take(live.doctor.client, older.id)
      assert.equal(await refused(live.patient.client), 'forbidden')
      assert.equal(await refused(await world.signIn('otherDoctor')), 'not_found')
      for (const turn of [1, 2]) {
        assert.deepEqual(await live.doctor.client.call(restoreAnnotation, { params }), older, `time ${turn}`)
        const seen = (await seenBy(live.patient.client)).filter(({ shape }) => shape.kind === 'calibration')
        assert.deepEqual(seen.slice(-2).map(({ id }) => id), [older.id, newer.id]) // prettier-ignore
      }
      const trail = await world.house.audit.search({ action: 'annotation.restored', limit: 50 })
      assert.equal(trail.filter(({ entityId, outcome }) => entityId === older.id && outcome === 'success').length, 1) // prettier-ignore
    })

    it('is there once when it is sent twice', async () => {
      const key = aKey()
      const [first, second] = await Promise.all([1, 2].map(() => draw(live.doctor.client, ruler, key)))
      assert.equal(first?.id, second?.id)
      assert.equal((await seenBy(live.doctor.client)).filter(({ id }) => id === first?.id).length, 1)
    })

    it('has an end for each side, and a patient who draws without end does not keep the doctor from it', async () => {
      const picture = await aPicture(live)
      const { id: patientId } = live.visit.patient
      const row: Omit<AnnotationRow, 'id'> = {
        snapshotId: picture,
        patientId,
        authorRole: 'patient',
        authorId: patientId,
        authorName: null,
        kind: 'arrow',
        geometry: JSON.stringify({ points: arrow.points }),
        label: null,
        createdAt: world.clock.now(),
        removedAt: null,
      }
      const rows = Array.from({ length: 500 }, () => ({ ...row, id: newId(AnnotationId, world.clock) }))
      await world.house.db.write(async (tx) => void (await tx.manager.insert(annotationEntity, rows)))
      const one = (shape: AnnotationShape) => ({
        params: { snapshotId: picture },
        body: { shape, idempotencyKey: aKey() },
      })
      const refusal = await live.patient.client.refusal(addAnnotation, one(arrow))
      assert.equal(refusal.code, 'limit_reached')
      assert.deepEqual((await live.doctor.client.call(addAnnotation, one(note))).shape, note)
    })

    it('has points on the picture, as many as its kind needs, and no more than fits', async () => {
      const wrong: unknown[] = [
        { ...ruler, points: [{ x: 0, y: 0 }, { x: 1.01, y: 0 }] }, // prettier-ignore
        { ...ruler, points: [{ x: 0, y: 0 }] },
        { kind: 'angle', points: ruler.points },
        { kind: 'text', points: note.points, text: '   ' },
        { kind: 'text', points: note.points, text: 'x'.repeat(121) },
        { kind: 'calibration', points: ruler.points, millimetres: 0 },
        { kind: 'outline', points: Array.from({ length: maxOutlinePoints + 1 }, () => ({ x: 0, y: 0 })) },
        { ...ruler, colour: 'red' },
      ]
      for (const shape of wrong) {
        const response = await live.doctor.client.send(addAnnotation, {
          params: { snapshotId },
          body: { shape, idempotencyKey: aKey() },
        })
        assert.equal(response.status, 400, JSON.stringify(shape).slice(0, 90))
      }
    })

    it('is in the audit, drawn, read, taken back and refused; its words are in no log', async () => {
      const actions = ['annotation.added', 'annotation.listed', 'annotation.removed']
      for (const action of actions) {
        const rows = await world.house.audit.search({ action, limit: 50 })
        for (const how of ['success', 'refused'])
          assert.ok(rows.some(({ patientId, outcome }) => patientId === live.visit.patient.id && outcome === how), `${action} ${how}`) // prettier-ignore
      }
      const refused = await world.house.audit.search({ action: 'annotation.listed', limit: 200 })
      assert.ok(refused.some(({ outcome, entityId }) => outcome === 'refused' && entityId === snapshotId))
      assert.equal(world.log.join('\n').includes('margin irregular'), false)
      assert.equal(JSON.stringify(live.patient.socket.received).includes('margin irregular'), false)
    })

    it('is still drawn by the doctor after the visit, but neither drawn nor taken back by the patient', async () => {
      const theirs = await draw(live.patient.client, arrow)
      const own = await draw(live.doctor.client, ruler)
      await live.doctor.client.call(endConsult, { params: { consultId: live.consultId } })
      await draw(live.doctor.client, ruler)
      assert.equal(await refusedDrawing(live.patient.client, arrow), 'consult_ended')
      const params = { annotationId: theirs.id }
      assert.equal((await live.patient.client.refusal(removeAnnotation, { params })).code, 'consult_ended')
      assert.equal((await live.patient.client.refusal(restoreAnnotation, { params })).code, 'consult_ended')
      await take(live.doctor.client, own.id)
      const left = (await seenBy(live.doctor.client)).map(({ id }) => id)
      assert.deepEqual([left.includes(theirs.id), left.includes(own.id)], [true, false])
    })
  })
}

async function aPicture({ doctor, patient, consultId }: LiveVisit): Promise<SnapshotId> {
  const { requestId } = await doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
  await patient.socket.request('snapshot:answer', { requestId, allowed: true })
  const bytes = await aJpeg(320, 240)
  const taken = await patient.client.call(uploadSnapshot, {
    params: { consultId },
    query: { requestId },
    bytes,
  })
  return taken.id
}
