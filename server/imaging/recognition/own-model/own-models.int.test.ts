import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { ListedModel, ModelFault } from '#shared/imaging-models.ts'
import {
  colourManifest,
  colourNetwork,
  harmfulNetwork,
  putFiles,
  putModel,
  type Told,
} from '#test/support/own-models.ts'
import { tempFolder } from '#test/support/temp.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { ProcessFailed } from '../../processes/errors.ts'
import { createOwnModels, type OwnModelOptions, type OwnModels } from './index.ts'

const plain = (red: number, green: number, blue: number, width = 40, height = 20): Pixels => ({
  rgb: Uint8Array.from({ length: width * height * 3 }, (_, at) => [red, green, blue][at % 3] ?? 0),
  width,
  height,
})

describe("a clinic's own models", function () {
  this.timeout(60_000)
  const open: OwnModels[] = []
  afterEach(() => Promise.all(open.splice(0).map((models) => models.close())))

  async function look(folder: string, options: Partial<OwnModelOptions> = {}): Promise<OwnModels> {
    const models = createOwnModels({ folder, ...options })
    open.push(models)
    await models.checked()
    return models
  }
  function theOnly(models: OwnModels): ListedModel {
    const [model, ...more] = models.list()
    ok(model && more.length === 0)
    return model
  }
  async function faultOf(weights: Uint8Array, told: Told = {}): Promise<[ModelFault | null, string]> {
    const folder = await tempFolder('models')
    await putModel(folder, weights, told)
    const models = await look(folder)
    const { name, state, fault, detail } = theOnly(models)
    equal(state, 'unavailable')
    equal(models.find(name), null)
    return [fault, detail ?? '']
  }

  it('are none where the clinic has put none', async () => {
    deepEqual((await look(`${await tempFolder('models')}/nothing-here`)).list(), [])
  })

  it('say what they were taught to say, with the card that their manifest makes', async () => {
    const folder = await tempFolder('models')
    const sha256 = await putModel(folder, colourNetwork())
    const models = await look(folder)
    const { name, origin, state, card } = theOnly(models)
    deepEqual([name, origin, state], ['colour-of-skin', 'own', 'ready'])
    deepEqual([card?.sha256, card?.version, card?.licence], [sha256, '1.2.0', 'CC-BY-4.0'])
    match(
      card?.output ?? '',
      /^3 labels with a score each: shares that sum to 1\..*not probabilities of a disease/,
    )
    const model = models.find(name)
    const [most, second, least] = (await model?.run(plain(255, 0, 51))) ?? []
    deepEqual([most?.label, second?.label, least?.label], ['red', 'blue', 'green'])
    const powers = [Math.E, Math.exp(0.2), 1]
    const sum = powers.reduce((total, power) => total + power)
    for (const [at, scored] of [most, second, least].entries())
      ok(Math.abs((scored?.score ?? 0) - (powers[at] ?? 0) / sum) < 1e-6)
  })

  it('are given what their manifest asks for: order of channels and planes, scale, mean and deviation', async () => {
    const folder = await tempFolder('models')
    await putModel(folder, colourNetwork('NHWC'), {
      activation: 'none',
      input: {
        width: 8,
        height: 8,
        layout: 'NHWC',
        channels: 'BGR',
        scale: 1,
        mean: [10, 20, 30],
        std: [1, 2, 4],
      },
      labels: ['blue', 'green', 'red'],
    })
    const scores = (await (await look(folder)).find('colour-of-skin')?.run(plain(230, 120, 60))) ?? []
    deepEqual(Object.fromEntries(scores.map(({ label, score }) => [label, Math.round(score * 1e3) / 1e3])), {
      blue: 50,
      green: 50,
      red: 50,
    })
  })

  it('see the whole picture or its middle', async () => {
    // Green with a red third on the left.
    const picture = plain(0, 255, 0, 48, 16)
    for (let at = 0; at < 48 * 16; at++) if (at % 48 < 16) picture.rgb.set([255, 0, 0], at * 3)
    const red = async (fit: 'stretch' | 'crop') => {
      const folder = await tempFolder('models')
      await putModel(folder, colourNetwork(), {
        activation: 'none',
        input: { ...colourManifest.input, fit },
      })
      const scores = await (await look(folder)).find('colour-of-skin')?.run(picture)
      return scores?.find(({ label }) => label === 'red')?.score ?? NaN
    }
    ok(Math.abs((await red('stretch')) - 1 / 3) < 0.05)
    equal(await red('crop'), 0)
  })

  it('are not run when their file is another one than the manifest says', async () => {
    const [fault, detail] = await faultOf(colourNetwork(), { sha256: '0'.repeat(64) })
    equal(fault, 'wrong_hash')
    match(detail, /^the SHA-256 of model\.onnx is [0-9a-f]{64}$/)
  })

  it('are not run when they take or give something else than the manifest says', async () => {
    deepEqual(await faultOf(colourNetwork(), { labels: ['yes', 'no'] }), [
      'wrong_shape',
      'it gives 3 numbers and its manifest names 2 labels',
    ])
    equal((await faultOf(colourNetwork('NCHW', 16)))[0], 'wrong_shape')
    equal((await faultOf(colourNetwork('NHWC')))[0], 'wrong_shape')
  })

  it('are not run when no runtime can read them', async () => {
    for (const garbage of [randomBytes(4096), new Uint8Array(0), colourNetwork().subarray(0, 60)])
      equal((await faultOf(garbage))[0], 'does_not_open')
  })

  it('are told apart: one that is faulty keeps no other from being used', async () => {
    const folder = await tempFolder('models')
    await putFiles(folder, 'a-empty', {})
    await putFiles(folder, 'b-not-json', { 'manifest.json': '{ "name": ' })
    await putFiles(folder, 'c-half', { 'manifest.json': '{ "name": "c-half" }' })
    await putModel(folder, colourNetwork(), { name: 'd-good' })
    await symlink(join(folder, 'nowhere'), join(folder, 'f-dangling'))
    await putFiles(folder, 'e-no-network', {
      'manifest.json': JSON.stringify({ ...colourManifest, name: 'e-no-network', sha256: '0'.repeat(64) }),
    })
    const models = await look(folder)
    deepEqual(
      models.list().map(({ name, state, fault }) => [name, state, fault]),
      [
        ['a-empty', 'unavailable', 'no_manifest'],
        ['b-not-json', 'unavailable', 'bad_manifest'],
        ['c-half', 'unavailable', 'bad_manifest'],
        ['d-good', 'ready', null],
        ['e-no-network', 'unavailable', 'no_file'],
        ['f-dangling', 'unavailable', 'no_manifest'],
      ],
    )
    ok(models.find('d-good'))
  })

  it('are ended when they take too long, and the next picture is looked at all the same', async () => {
    const folder = await tempFolder('models')
    await putModel(folder, harmfulNetwork(4000, 16), { labels: ['bright'], activation: 'none' })
    const models = await look(folder, { jobTimeoutMs: 5000 })
    equal(theOnly(models).state, 'ready', theOnly(models).detail ?? '')
    const model = models.find('colour-of-skin')
    ok(model)
    await rejects(model.run(plain(255, 255, 255)), failedAs('timed_out'))
    equal((await model.run(plain(20, 20, 20))).length, 1)
  })

  it('are ended when they grow without end', async () => {
    const folder = await tempFolder('models')
    await putModel(folder, harmfulNetwork(25_000, 0), { labels: ['bright'], activation: 'none' })
    const models = await look(folder, { memoryLimitMb: 400 })
    equal(theOnly(models).state, 'ready', theOnly(models).detail ?? '')
    const model = models.find('colour-of-skin')
    ok(model)
    await rejects(model.run(plain(255, 255, 255)), failedAs('out_of_memory'))
    equal((await model.run(plain(20, 20, 20))).length, 1)
  })

  it('are told at the start when they take too long there already', async () => {
    const folder = await tempFolder('models')
    // The grey picture of the trial is as bright as a white one.
    await putModel(folder, harmfulNetwork(4000, 16), {
      labels: ['bright'],
      activation: 'none',
      input: { ...colourManifest.input, scale: 1 / 128 },
    })
    const { fault, detail } = theOnly(await look(folder, { jobTimeoutMs: 3000 }))
    equal(fault, 'timed_out')
    equal(detail, 'no answer within 3000 ms')
  })
})

const failedAs = (code: ProcessFailed['code']) => (error: unknown) =>
  error instanceof ProcessFailed && error.code === code
