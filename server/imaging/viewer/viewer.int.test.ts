import assert from 'node:assert/strict'
import { endConsult } from '#shared/consult.ts'
import { EnhancementId, PractitionerId, SnapshotId } from '#shared/ids.ts'
import type { ConsultId } from '#shared/ids.ts'
import type { SharedView } from '#shared/imaging-viewer.ts'
import { newId } from '#server/platform/ids.ts'
import { addSnapshot } from '#server/records/index.ts'
import { aComingVisit, aLiveVisit, doctorSits, patientWaits, sits } from '#test/support/consults.ts'
import type { LiveVisit, Sitter } from '#test/support/consults.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { addEnhancement } from '../enhancements.store.ts'
import { nameRecipe } from '../recipes.ts'

describe('a picture that the doctor shows', function () {
  this.timeout(60_000)
  let world: World
  let live: LiveVisit
  let snapshotId: SnapshotId

  before(async () => {
    world = await startWorld({ engine: 'mariadb', servers: 2, media: true })
    live = await aLiveVisit(world, { patient: 0, doctor: 1 })
    snapshotId = await aPictureOf(live.consultId, live)
  })
  after(() => world.close())

  const view = (change: Partial<SharedView> = {}): SharedView => ({
    snapshotId,
    mode: 'both',
    enhancementId: null,
    split: 0.5,
    rect: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 },
    ...change,
  })

  /** As capture leaves it; the pixels are of no matter here. */
  async function aPictureOf(consultId: ConsultId, of: LiveVisit): Promise<SnapshotId> {
    const id = newId(SnapshotId, world.clock)
    const original = { blobKey: id, sha256: '0'.repeat(64), contentType: 'image/jpeg', bytes: 1, width: 640, height: 480 } // prettier-ignore
    await world.house.db.write(
      (tx) =>
      addSnapshot(tx, { id, patientId: of.visit.patient.id, encounterId: null, consultId, takenAt: world.clock.now(), origin: 'camera' }, original), // prettier-ignore
    )
    return id
  }

  async function anEnhancementOf(of: SnapshotId): Promise<EnhancementId> {
    const id = newId(EnhancementId, world.clock)
    const { name, json, hash } = nameRecipe('plain')
    const now = world.clock.now()
    const asked = { createdAt: now, createdBy: newId(PractitionerId, world.clock), askedAt: now }
    const made = { engine: 'sharp', blobKey: id, sha256: '0'.repeat(64), bytes: 1, width: 640, height: 480 }
    await world.house.db.write(
      (tx) =>
      addEnhancement(tx, { id, snapshotId: of, name, recipeHash: hash, recipeJson: json, state: 'ready', failure: null, ...asked, ...made }), // prettier-ignore
    )
    return id
  }

  it('is seen by the patient on another server, the newest last', async () => {
    const { doctor, patient } = live
    const zooms = [0.5, 0.4, 0.3, 0.2]
    await Promise.all(
      zooms.map((width) =>
        doctor.socket.request('viewer:show', view({ rect: { x: 0.1, y: 0.1, width, height: width } })),
      ),
    )
    await waitFor('all of them have come, in whatever order', () => patient.socket.newsOf('viewer:shown').length === 4) // prettier-ignore
    const shown = patient.socket.newsOf('viewer:shown')
    const bySequence = shown.toSorted((a, b) => a.sequence - b.sequence)
    assert.deepEqual(bySequence.map(({ rect }) => rect.width), zooms) // prettier-ignore
    assert.equal(new Set(shown.map(({ sequence }) => sequence)).size, zooms.length)
    assert.equal(shown[0]?.from, doctor.view.self)
    await doctor.socket.request('viewer:close', {})
    const closed = await patient.socket.hears('viewer:closed')
    assert.ok(closed.sequence > (bySequence.at(-1)?.sequence ?? 0))
  })

  it('is shown again to who asks', async () => {
    await live.patient.socket.request('viewer:ask', {})
    const asked = await live.doctor.socket.hears('viewer:asked')
    assert.equal(asked.from, live.patient.view.self)
  })

  it('is pointed at by both', async () => {
    const at = { x: 0.7, y: 0.1 }
    await live.patient.socket.request('viewer:point', { snapshotId, at })
    const finger = await live.doctor.socket.hears('viewer:pointed')
    assert.deepEqual(finger, { from: live.patient.view.self, snapshotId, at })
    await live.doctor.socket.request('viewer:point', { snapshotId, at: null })
    const gone = await live.patient.socket.hears(
      'viewer:pointed',
      ({ from }) => from === live.doctor.view.self,
    )
    assert.equal(gone.at, null)
  })

  it('is shown by the doctor only', async () => {
    assert.equal((await live.patient.socket.refusal('viewer:show', view())).code, 'not_found')
    assert.equal((await live.patient.socket.refusal('viewer:close', {})).code, 'not_found')
  })

  it('is one of this consult, not of another patient and not an invented one', async () => {
    const other = await aLiveVisit(world)
    const foreign = await aPictureOf(other.consultId, other)
    const invented = newId(SnapshotId, world.clock)
    const heard = live.patient.socket.newsOf('viewer:shown').length
    for (const wrong of [foreign, invented]) {
      assert.equal(
        (await live.doctor.socket.refusal('viewer:show', view({ snapshotId: wrong }))).code,
        'not_found',
      )
      const point = { snapshotId: wrong, at: null }
      assert.equal((await live.patient.socket.refusal('viewer:point', point)).code, 'not_found')
    }
    await live.doctor.socket.request('viewer:ask', {})
    assert.equal(live.patient.socket.newsOf('viewer:shown').length, heard)
  })

  it('is shown with an enhancement of itself, not with that of another or an invented one', async () => {
    const other = await aPictureOf(live.consultId, live)
    const [own, foreign] = [await anEnhancementOf(snapshotId), await anEnhancementOf(other)]
    for (const enhancementId of [foreign, newId(EnhancementId, world.clock)]) {
      const refused = await live.doctor.socket.refusal('viewer:show', view({ enhancementId }))
      assert.equal(refused.code, 'not_found')
    }
    await live.doctor.socket.request('viewer:show', view({ enhancementId: own }))
    await live.patient.socket.hears('viewer:shown', ({ enhancementId }) => enhancementId === own)
    const shown = live.patient.socket.newsOf('viewer:shown')
    assert.ok(shown.every(({ enhancementId }) => enhancementId === null || enhancementId === own))
  })

  it('lies on the picture: other shapes are refused', async () => {
    const wrong: unknown[] = [
      { ...view(), rect: { x: -0.1, y: 0, width: 1, height: 1 } },
      { ...view(), rect: { x: 0, y: 0, width: 0, height: 1 } },
      { ...view(), mode: 'sideways' },
      { ...view(), split: Number.NaN },
      { ...view(), note: 'a word' },
    ]
    for (const input of wrong) {
      const ack = (await live.doctor.socket.raw('viewer:show', input)) as {
        ok: boolean
        error?: { code: string }
      }
      assert.equal(ack.error?.code, 'invalid_request')
    }
  })

  it('is not shown before the patient is admitted, nor after the end', async () => {
    const visit = await aComingVisit(world)
    const patient = await patientWaits(world, visit)
    const doctor = await doctorSits(world, patient.consultId)
    assert.equal((await doctor.socket.refusal('viewer:show', view())).code, 'not_admitted')
    assert.equal((await patient.socket.refusal('viewer:ask', {})).code, 'not_admitted')
    const over = await aLiveVisit(world)
    await over.doctor.client.call(endConsult, { params: { consultId: over.consultId } })
    await waitFor('the end has reached the seat', async () => {
      if (!over.doctor.socket.connected) return true
      const ack = (await over.doctor.socket.raw('viewer:ask', {})) as { ok: boolean }
      return !ack.ok
    })
  })

  it('cannot be shown a hundred times in a moment, and the call stays what it is', async () => {
    world.clock.advance(10_000)
    const codes: string[] = []
    for (let batch = 0; batch < 9; batch++) {
      const acks = await Promise.all(
        Array.from({ length: 10 }, () => live.doctor.socket.raw('viewer:show', view())),
      )
      for (const ack of acks as { ok: boolean; error?: { code: string } }[])
        codes.push(ack.ok ? 'ok' : (ack.error?.code ?? ''))
    }
    assert.deepEqual([...new Set(codes)], ['ok', 'rate_limited'])
    assert.ok(
      codes.indexOf('rate_limited') >= 80,
      'as much as two seconds of showing and pointing is let through',
    )
    // Showing has a purse of its own: signalling still answers.
    await live.doctor.socket.request('consult:sync', {})
  })
})

describe('a doctor whose browser comes back on another server', function () {
  this.timeout(60_000)

  it('shows the newest picture still, though the clock there is behind', async () => {
    const world = await startWorld({ engine: 'mariadb', servers: 2, behindMs: 20_000, media: true })
    try {
      const { consultId, doctor, patient } = await aLiveVisit(world)
      const sequences: number[] = []
      const closes = async ({ socket }: Sitter) => {
        await socket.request('viewer:close', {})
        const closed = await patient.socket.hears('viewer:closed', ({ sequence }) => !sequences.includes(sequence)) // prettier-ignore
        sequences.push(closed.sequence)
      }
      await closes(doctor)
      await closes(doctor)
      doctor.socket.drop()
      const elsewhere = await world.signIn('doctor', 1)
      const back = await sits(elsewhere, consultId, doctor.resumeToken)
      await closes(back)
      back.socket.drop()
      await closes(await sits(doctor.client, consultId, back.resumeToken))
      assert.deepEqual(sequences, sequences.toSorted((a, b) => a - b)) // prettier-ignore
      assert.equal(new Set(sequences).size, 4)
    } finally {
      await world.close()
    }
  })
})
