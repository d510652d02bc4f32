import assert from 'node:assert/strict'
import { compareSnapshot } from '#shared/imaging-compare.ts'
import { SnapshotId } from '#shared/ids.ts'
import { addPicture, type Snapshot } from '#shared/imaging.ts'
import { setSwitch } from '#shared/imaging-recognition.ts'
import { newId } from '#server/platform/ids.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aLiveVisit, type LiveVisit } from '#test/support/consults.ts'
import { startWorld, type World } from '#test/support/world.ts'
import { asJpeg } from '../pipeline/test/specimens.ts'
import {
  drawScene,
  evenLight,
  photograph,
  trueMovement,
  upright,
} from '../recognition/test/posed-pictures.ts'
import { inShares, moved } from '../recognition/registration/plane.ts'

const size = { width: 720, height: 540 }
const pose = { turn: 9, scale: 1.1, shiftX: 0.05, shiftY: -0.04, tiltX: 0.1, tiltY: -0.05 }
const evening = { gain: [0.95, 0.85, 0.7], slope: 0.2, noise: 3, blur: 0 } as const

describe('Comparing a picture with an earlier one', function () {
  this.timeout(90_000)
  let world: World
  let visit: LiveVisit
  let earlier: Snapshot
  let later: Snapshot
  let other: Snapshot

  before(async () => {
    world = await startWorld({ media: true })
    visit = await aLiveVisit(world)
    const skin = drawScene('freckled', 5)
    earlier = await add(photograph(skin, upright, evenLight, { ...size, seed: 1 }).rgb)
    later = await add(photograph(skin, pose, evening, { ...size, seed: 2 }).rgb)
    other = await add(photograph(drawScene('hairy', 5), pose, evening, { ...size, seed: 3 }).rgb)
  })
  after(() => world.close())
  beforeEach(() => world.clock.advance(30_000))

  async function add(rgb: Uint8Array): Promise<Snapshot> {
    world.clock.advance(1_000)
    return visit.doctor.client.call(addPicture, {
      params: { consultId: visit.consultId },
      query: { idempotencyKey: aKey() },
      bytes: await asJpeg(rgb, size.width, size.height, 90),
    })
  }
  const asking = (present: SnapshotId, before: SnapshotId) => ({
    params: { snapshotId: present },
    body: { earlierId: before },
  })
  const compare = (client: Client, present = later.id, before = earlier.id) =>
    client.call(compareSnapshot, asking(present, before))
  const refusal = async (client: Client, present = later.id, before = earlier.id) => {
    const { code, params } = await client.refusal(compareSnapshot, asking(present, before))
    return [code, params?.['reason']]
  }

  it('is there only where the clinic has switched it on', async () => {
    assert.deepEqual(await refusal(visit.doctor.client), ['forbidden', 'switched_off'])
    const administrator = await world.signIn('administrator')
    const params = { organizationId: world.clinic.id, name: 'compare' as const }
    await administrator.call(setSwitch, { params, body: { on: true } })
    assert.equal((await compare(visit.doctor.client)).registration.state, 'registered')
  })

  it('says to a pixel or two how the earlier one lies on it, and by what', async () => {
    const from = performance.now()
    const { registration, method } = await compare(visit.doctor.client)
    const took = performance.now() - from
    assert.ok(registration.state === 'registered')
    const truth = inShares(trueMovement(upright, pose, size.width, size.height), size, size)
    for (const corner of [0, 1].flatMap((x) => [0, 1].map((y) => ({ x, y })))) {
      const [found, meant] = [moved(registration.homography, corner), moved(truth, corner)]
      const off = Math.hypot((found.x - meant.x) * size.width, (found.y - meant.y) * size.height)
      assert.ok(off < 3, `${off} pixels off`)
    }
    assert.equal(registration.confidence, 'good')
    assert.ok(registration.facts.inliers >= 40 && registration.facts.likeness > 0.8)
    assert.match(method.name, /AKAZE/)
    assert.deepEqual(await compare(visit.doctor.client), { registration, method }, 'it says the same again')
    process.stdout.write(`      ${took.toFixed(0)} ms\n`)
  })

  it('is refused for a picture of something else, with the reason', async () => {
    const { registration } = await compare(visit.doctor.client, other.id, earlier.id)
    assert.ok(registration.state === 'refused')
    assert.equal(registration.reason, 'few_places')
  })

  it('goes back in time only', async () => {
    assert.deepEqual(await refusal(visit.doctor.client, earlier.id, later.id), ['conflict', 'not_earlier'])
    assert.deepEqual(await refusal(visit.doctor.client, later.id, later.id), ['conflict', 'not_earlier'])
  })

  it('is not for strangers, patients, other staff, nor across patients; every try is in the audit trail', async () => {
    assert.equal((await refusal(world.stranger()))[0], 'unauthenticated')
    assert.equal((await refusal(visit.patient.client))[0], 'not_found')
    for (const name of ['scheduler', 'administrator', 'otherDoctor'] as const)
      assert.equal((await refusal(await world.signIn(name)))[0], 'not_found', name)
    const nowhere = newId(SnapshotId, world.clock)
    assert.equal((await refusal(visit.doctor.client, later.id, nowhere))[0], 'not_found')
    const another = await aLiveVisit(world)
    visit = { ...visit, doctor: another.doctor }
    const theirs = await another.doctor.client.call(addPicture, {
      params: { consultId: another.consultId },
      query: { idempotencyKey: aKey() },
      bytes: await asJpeg(new Uint8Array(3 * 80 * 80), 80, 80),
    })
    assert.equal((await refusal(another.doctor.client, theirs.id, earlier.id))[0], 'not_found')
    const rows = await world.house.audit.search({ action: 'snapshot.compared', limit: 100 })
    const outcomes = (id: SnapshotId) =>
      rows.filter((row) => row.entityId === id).map(({ outcome }) => outcome)
    assert.ok(outcomes(theirs.id).includes('refused'))
    assert.ok(outcomes(later.id).includes('success') && outcomes(later.id).includes('refused'))
    assert.ok(outcomes(earlier.id).includes('success') && outcomes(earlier.id).includes('refused'))
  })
})
