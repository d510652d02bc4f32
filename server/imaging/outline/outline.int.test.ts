import { deepEqual, equal, ok } from 'node:assert/strict'
import { fillOutline } from '../pipeline/kernels/lesion-fill.ts'
import { newId } from '../../platform/ids.ts'
import { SnapshotId } from '#shared/ids.ts'
import { uploadSnapshot, type Snapshot } from '#shared/imaging.ts'
import { proposeOutline, type OutlineSeed } from '#shared/imaging-outline.ts'
import { setSwitch } from '#shared/imaging-recognition.ts'
import { addAnnotation, listAnnotations, type AnnotationShape } from '#shared/imaging-viewer.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aLiveVisit, type LiveVisit } from '#test/support/consults.ts'
import { startWorld, type World } from '#test/support/world.ts'
import { asJpeg } from '../pipeline/test/specimens.ts'
import { drawLesion, lesionScenes } from '../recognition/outline/test/synthetic-lesions.ts'

describe('An outline that the computer proposes', function () {
  this.timeout(60_000)
  let world: World
  let live: LiveVisit
  let snapshot: Snapshot
  const scene = lesionScenes(1)[0]
  ok(scene)
  const { picture, truth, box: drawn, centre } = drawLesion(scene)
  const { width, height } = picture
  const box = {
    x: drawn.left / width,
    y: drawn.top / height,
    width: drawn.width / width,
    height: drawn.height / height,
  }
  const byBox: OutlineSeed = { box, inside: [], outside: [] }
  const byTap: OutlineSeed = {
    box: null,
    inside: [{ x: centre.x / width, y: centre.y / height }],
    outside: [],
  }

  before(async () => {
    world = await startWorld({ media: true })
    live = await aLiveVisit(world)
    const { requestId } = await live.doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
    await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
    snapshot = await live.patient.client.call(uploadSnapshot, {
      params: { consultId: live.consultId },
      query: { requestId },
      bytes: await asJpeg(picture.rgb, width, height),
    })
  })
  after(() => world.close())
  beforeEach(() => world.clock.advance(30_000))

  const asked = (body: OutlineSeed = byBox, snapshotId = snapshot.id) => ({ params: { snapshotId }, body })
  const refusal = async (client: Client, input = asked()) => {
    const { code, params } = await client.refusal(proposeOutline, input)
    return [code, params?.['reason']]
  }
  const turn = async (on: boolean) => {
    const administrator = await world.signIn('administrator')
    const params = { organizationId: world.clinic.id, name: 'outline' as const }
    await administrator.call(setSwitch, { params, body: { on } })
  }
  const trail = async () =>
    (await world.house.audit.search({ action: 'outline.proposed', limit: 50 })).map(
      ({ outcome, patientId }) => [outcome, patientId],
    )

  it('is there only where the clinic has switched it on', async () => {
    deepEqual(await refusal(live.doctor.client), ['forbidden', 'switched_off'])
    await turn(true)
    ok((await live.doctor.client.call(proposeOutline, asked())).found)
  })

  it('is not for strangers, patients, schedulers, administrators and doctors of other patients', async () => {
    equal((await refusal(world.stranger()))[0], 'unauthenticated')
    equal((await refusal(live.patient.client))[0], 'not_found')
    for (const name of ['scheduler', 'administrator', 'otherDoctor'] as const)
      equal((await refusal(await world.signIn(name)))[0], 'not_found', name)
    const nowhere = newId(SnapshotId, world.clock)
    equal((await refusal(live.doctor.client, asked(byBox, nowhere)))[0], 'not_found')
    const rows = await trail()
    ok(rows.some(([outcome, patient]) => outcome === 'refused' && patient === live.visit.patient.id))
    ok(rows.some(([outcome, patient]) => outcome === 'success' && patient === live.visit.patient.id))
  })

  for (const [how, seed] of [
    ['a box', byBox],
    ['a tap', byTap],
  ] as const)
    it(`from ${how} lies where it was drawn, says how plain it is, and is kept nowhere`, async () => {
      const found = await live.doctor.client.call(proposeOutline, asked(seed))
      ok(found.found)
      equal(found.by, 'grabcut@1')
      ok(found.contrast > 10 && found.distinctness > 2, `${found.contrast} ${found.distinctness}`)
      const places = found.points.map(({ x, y }) => ({ x: x * width - 0.5, y: y * height - 0.5 }))
      const share = overlap(fillOutline(places, width, height), truth)
      ok(share > 0.85, `${share}`)
      const { annotations } = await live.doctor.client.call(listAnnotations, { params: { snapshotId: snapshot.id } }) // prettier-ignore
      deepEqual(annotations, [])
    })

  it('is none where there is nothing, and says so', async () => {
    const corner = { box: { x: 0, y: 0, width: 0.12, height: 0.12 }, inside: [], outside: [] }
    const answer = await live.doctor.client.call(proposeOutline, asked(corner))
    deepEqual(answer, { found: false, by: 'grabcut@1', reason: 'no_contrast' })
  })

  it('needs a box with a size, or a place inside', async () => {
    for (const body of [
      { box: null, inside: [], outside: [] },
      { box: null, inside: [], outside: [{ x: 0.5, y: 0.5 }] },
      { box: { ...box, width: 0 }, inside: [], outside: [] },
    ])
      equal((await refusal(live.doctor.client, asked(body)))[0], 'invalid_request')
  })

  it('is the doctor’s own when it is kept, and tells that it was proposed and changed', async () => {
    const found = await live.doctor.client.call(proposeOutline, asked())
    ok(found.found)
    const shape: AnnotationShape = {
      kind: 'outline',
      points: found.points,
      proposed: { by: found.by, changed: true },
    }
    const params = { snapshotId: snapshot.id }
    await live.doctor.client.call(addAnnotation, { params, body: { shape, idempotencyKey: aKey() } })
    const { annotations } = await live.patient.client.call(listAnnotations, { params })
    deepEqual(
      annotations.map((one) => [one.shape, one.author.name]),
      [[shape, 'Dr. Doctor']],
    )
  })
})

function overlap(one: Uint8Array, other: Uint8Array): number {
  let [both, either] = [0, 0]
  one.forEach((mine, at) => {
    const theirs = other[at] !== 0
    if (mine !== 0 && theirs) both++
    if (mine !== 0 || theirs) either++
  })
  return both / either
}
