import { deepEqual, equal, ok } from 'node:assert/strict'
import { uploadSnapshot, type Snapshot } from '#shared/imaging.ts'
import { listModels, runOwnModel } from '#shared/imaging-models.ts'
import { setSwitch } from '#shared/imaging-recognition.ts'
import { readHealth } from '#shared/identity.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aLiveVisit, type LiveVisit } from '#test/support/consults.ts'
import { colourNetwork, harmfulNetwork, putFiles, putModel } from '#test/support/own-models.ts'
import { tempFolder } from '#test/support/temp.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld, type World } from '#test/support/world.ts'
import { aJpeg, asJpeg } from '../pipeline/test/specimens.ts'

describe("A clinic's own model", function () {
  this.timeout(60_000)
  let world: World
  let live: LiveVisit
  let snapshot: Snapshot
  let administrator: Client
  let sha256: string

  before(async () => {
    const folder = await tempFolder('models')
    sha256 = await putModel(folder, colourNetwork())
    await putModel(folder, harmfulNetwork(20_000, 0), {
      name: 'greedy',
      labels: ['bright'],
      activation: 'none',
    })
    await putFiles(folder, 'empty', {})
    world = await startWorld({ media: true, settings: { OWN_MODELS_DIR: folder } })
    live = await aLiveVisit(world)
    const { requestId } = await live.doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
    await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
    snapshot = await live.patient.client.call(uploadSnapshot, {
      params: { consultId: live.consultId },
      query: { requestId },
      bytes: await aJpeg(640, 480),
    })
    administrator = await world.signIn('administrator')
    await waitFor('the models are looked at', async () =>
      (await models()).every(({ state }) => state !== 'checking'),
    )
  })
  after(() => world.close())
  beforeEach(() => world.clock.advance(30_000))

  const models = async (client = administrator) => (await client.call(listModels)).models
  const running = (name = 'colour-of-skin', snapshotId = snapshot.id) => ({ params: { snapshotId, name } })
  const refusal = async (client: Client, input = running()) => {
    const { code, params } = await client.refusal(runOwnModel, input)
    return [code, params?.['reason']]
  }
  const turn = (on: boolean) =>
    administrator.call(setSwitch, {
      params: { organizationId: world.clinic.id, name: 'ownModel' },
      body: { on },
    })
  const trail = async (action: string) =>
    (await world.house.audit.search({ action, limit: 50 })).map(({ outcome, entityId }) => [
      outcome,
      entityId,
    ])

  it('is in the list of models with its card, and so is one that cannot be used', async () => {
    const own = (await models()).filter(({ origin }) => origin === 'own')
    deepEqual(
      own.map(({ name, state, fault }) => [name, state, fault]),
      [
        ['colour-of-skin', 'ready', null],
        ['empty', 'unavailable', 'no_manifest'],
        ['greedy', 'ready', null],
      ],
    )
    equal(own[0]?.card?.sha256, sha256)
    const { parts } = await administrator.call(readHealth)
    deepEqual(
      parts.filter(({ name }) => name === 'models').map(({ ok: well, detail }) => [well, detail]),
      [[false, { code: 'unusable', models: ['empty'] }]],
    )
  })

  it('is listed for staff, and for no patient', async () => {
    ok((await models(live.doctor.client)).length > 3)
    equal((await live.patient.client.refusal(listModels)).code, 'not_found')
  })

  it('is run only where the clinic has switched it on', async () => {
    deepEqual(await refusal(live.doctor.client), ['forbidden', 'switched_off'])
    deepEqual(await trail('own_model.run'), [])
    await turn(true)
    const { model, activation, labels, notForDiagnosis } = await live.doctor.client.call(
      runOwnModel,
      running(),
    )
    deepEqual(model, { name: 'colour-of-skin', version: '1.2.0', sha256 })
    deepEqual(labels.map(({ label }) => label).toSorted(), ['blue', 'green', 'red'])
    equal(activation, 'softmax', 'what the scores are is told with them')
    ok(Math.abs(labels.reduce((sum, { score }) => sum + score, 0) - 1) < 1e-6)
    equal(notForDiagnosis, true)
  })

  it('leaves each run in the audit trail: whose picture, and which file looked at it', async () => {
    const before = await trail('snapshot.own_model')
    await live.doctor.client.call(runOwnModel, running())
    deepEqual(await trail('snapshot.own_model'), [['success', snapshot.id], ...before])
    deepEqual((await trail('own_model.run'))[0], ['success', sha256.slice(0, 32)])
  })

  it('is not run for strangers, other staff or the patient, and the trail tells who tried', async () => {
    const other = await world.signIn('otherDoctor')
    equal((await world.stranger().refusal(runOwnModel, running())).code, 'unauthenticated')
    for (const client of [other, administrator, live.patient.client])
      equal((await client.refusal(runOwnModel, running())).code, 'not_found')
    deepEqual((await trail('snapshot.own_model'))[0], ['refused', snapshot.id])
  })

  it('is not run under a name that is not there, or when it cannot be used', async () => {
    equal((await refusal(live.doctor.client, running('nothing')))[0], 'not_found')
    deepEqual(await refusal(live.doctor.client, running('empty')), ['conflict', 'model_unavailable'])
    equal(
      (await live.doctor.client.send(runOwnModel, { params: { snapshotId: snapshot.id, name: '../x' } }))
        .status,
      400,
    )
  })

  it('does not bring the server down when it takes all the memory: the doctor is told', async () => {
    const { requestId } = await live.doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
    await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
    const { id } = await live.patient.client.call(uploadSnapshot, {
      params: { consultId: live.consultId },
      query: { requestId },
      bytes: await asJpeg(new Uint8Array(64 * 48 * 3).fill(255), 64, 48),
    })
    const [code, reason] = await refusal(live.doctor.client, running('greedy', id))
    equal(code, 'conflict')
    ok(['model_out_of_memory', 'model_timed_out'].includes(String(reason)), String(reason))
    equal((await live.doctor.client.call(runOwnModel, running())).labels.length, 3)
  })
})
