import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { presets } from '#shared/imaging-recipe.ts'
import {
  createPipeline,
  ProcessesBusy,
  ProcessFailed,
  type Derived,
  type ImagingPipeline,
  type PipelineOptions,
} from './index.ts'
import * as specimens from './test/specimens.ts'

const failedAs = (code: ProcessFailed['code']) => (error: unknown) =>
  error instanceof ProcessFailed && error.code === code

async function until(what: string, condition: () => boolean, withinMs = 10_000): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!condition()) {
    if (performance.now() > deadline) assert.fail(`${what} did not come true within ${withinMs} ms`)
    await pause(10)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

function onlyPid(pipeline: ImagingPipeline): number {
  const [child] = pipeline.stats().children
  assert(child?.pid)
  return child.pid
}

describe('the media processes', function () {
  this.timeout(60_000)
  const open: ImagingPipeline[] = []
  const create = (options: PipelineOptions = {}) => {
    const pipeline = createPipeline({ size: 1, ...options })
    open.push(pipeline)
    return pipeline
  }
  afterEach(() => Promise.all(open.splice(0).map((pipeline) => pipeline.close())))

  it('are not started before they are needed', async () => {
    const pipeline = create()
    assert.deepEqual(pipeline.stats().children, [])
    await pipeline.derive(await specimens.aJpeg(), presets.plain)
    assert.equal(pipeline.stats().children.length, 1)
  })

  it('do not know the environment of the server', async function () {
    if (process.platform !== 'linux') return this.skip()
    process.env['BEDSIDE_CANARY'] = 'a secret'
    const pipeline = create()
    try {
      await pipeline.warm()
    } finally {
      delete process.env['BEDSIDE_CANARY']
    }
    assert(!specimens.environmentOf(onlyPid(pipeline)).includes('BEDSIDE_CANARY'))
  })

  it('have no decoder for drawings, documents or moving pictures, even if one got that far', () => {
    const codec = new URL('codec.ts', import.meta.url).href
    const decodes = (bytes: Buffer) =>
      specimens.inAnotherProcess(`
        const { decode, lockDown } = await import('${codec}')
        lockDown()
        await decode(Buffer.from('${bytes.toString('base64')}', 'base64'), 64).then(
          () => console.log('decoded'),
          (error) => console.log(error.message),
        )`)
    assert.match(decodes(specimens.anSvg()), /unsupported image format/)
    assert.match(decodes(specimens.aGif()), /unsupported image format/)
    assert.match(decodes(specimens.aBomb(8, 8)), /^decoded/)
  })

  it('are killed when they hang; their job is not tried on another one, and the next goes on', async () => {
    const pipeline = create({ jobTimeoutMs: 1_500 })
    await pipeline.warm()
    const hanging = onlyPid(pipeline)
    process.kill(hanging, 'SIGSTOP')
    const startedAt = performance.now()
    await assert.rejects(pipeline.derive(await specimens.aJpeg(), presets.balanced), failedAs('timed_out'))
    assert(performance.now() - startedAt < 2_900, 'it took the time of one attempt')
    assert.equal(pipeline.stats().failed, 1)
    assert.equal((await pipeline.derive(await specimens.aJpeg(), presets.plain)).width, 160)
    assert.notEqual(onlyPid(pipeline), hanging)
    await until('the hanging process is gone', () => !isAlive(hanging))
  })

  it('make the pictures that everybody gets before those that somebody put together', async () => {
    const pipeline = create()
    await pipeline.warm()
    const original = await specimens.aJpeg(640, 480)
    const order: string[] = []
    const done = (name: string) => () => void order.push(name)
    await Promise.all([
      pipeline.begin(original, presets.balanced).then(done('under way')),
      pipeline.begin(original, presets.balanced).then(done('own')),
      pipeline.begin(original, presets.balanced).then(done('own, later')),
      pipeline.derive(original, presets.balanced).then(done('automatic')),
      pipeline.derive(original, presets.balanced).then(done('automatic, later')),
    ])
    assert.deepEqual(order, ['under way', 'automatic', 'automatic, later', 'own', 'own, later'])
  })

  it('lose one job at most when one of them crashes, and that one is tried again', async () => {
    const pipeline = create()
    await pipeline.warm()
    const original = await specimens.aJpeg(1280, 720)
    const jobs = Array.from({ length: 4 }, () => pipeline.derive(original, presets.balanced))
    process.kill(onlyPid(pipeline), 'SIGSEGV')
    const all = await Promise.all(jobs)
    assert.equal(new Set(all.map((derived) => derived.sha256)).size, 1)
  })

  it('are killed when they grow beyond their limit', async function () {
    if (process.platform !== 'linux') return this.skip()
    const pipeline = create({ memoryLimitMb: 130 })
    const original = await specimens.aJpeg(4000, 3000)
    await assert.rejects(pipeline.derive(original, presets.balanced), failedAs('out_of_memory'))
    assert.equal((await pipeline.derive(await specimens.aJpeg(), presets.plain)).width, 160)
  })

  it('do or refuse each of fifty jobs at once, and lose none', async () => {
    const pipeline = create({ queueLength: 20 })
    const original = await specimens.aJpeg(320, 240)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => pipeline.derive(original, presets.balanced)),
    )
    const done = outcomes.filter((outcome): outcome is PromiseFulfilledResult<Derived> => {
      return outcome.status === 'fulfilled'
    })
    const busy = outcomes.filter((outcome) => {
      return (
        outcome.status === 'rejected' &&
        outcome.reason instanceof ProcessesBusy &&
        outcome.reason.retryAfterMs > 0
      )
    })
    assert.equal(done.length + busy.length, 50)
    assert.equal(done.length, 21)
    assert.equal(new Set(done.map((outcome) => outcome.value.sha256)).size, 1)
    const stats = pipeline.stats()
    assert.deepEqual([stats.done, stats.refused, stats.queued, stats.failed], [21, 29, 0, 0])
  })

  it('do not keep more bytes waiting than agreed', async () => {
    const original = await specimens.aJpeg(640, 480)
    const pipeline = create({ queueBytes: original.length })
    const jobs = Array.from({ length: 3 }, () => pipeline.derive(original, presets.plain))
    const [running, waiting, refused] = await Promise.allSettled(jobs)
    assert.deepEqual([running?.status, waiting?.status], ['fulfilled', 'fulfilled'])
    assert(refused?.status === 'rejected' && refused.reason instanceof ProcessesBusy)
  })

  it('rest when there is nothing to do, and come back', async () => {
    const pipeline = create({ idleMs: 50 })
    await pipeline.derive(await specimens.aJpeg(), presets.plain)
    const pid = onlyPid(pipeline)
    await until('the process has ended', () => pipeline.stats().children.length === 0 && !isAlive(pid))
    assert.equal((await pipeline.derive(await specimens.aJpeg(), presets.plain)).width, 160)
  })

  it('end with the pipeline; whoever waits is told', async () => {
    const pipeline = create()
    await pipeline.warm()
    const pid = onlyPid(pipeline)
    const original = await specimens.aJpeg(1280, 720)
    const jobs = Array.from({ length: 3 }, () =>
      assert.rejects(pipeline.derive(original, presets.balanced), failedAs('closed')),
    )
    await pipeline.close()
    await Promise.all(jobs)
    assert(!isAlive(pid))
    await pipeline.close()
    await assert.rejects(pipeline.derive(original, presets.balanced), failedAs('closed'))
  })

  it('leave the memory of the server as it was', async function () {
    const pipeline = create()
    const original = await specimens.aJpeg(1920, 1080)
    const round = async () => {
      for (let i = 0; i < 12; i++) await pipeline.derive(original, presets.plain)
    }
    await round()
    const before = process.memoryUsage.rss()
    await round()
    await round()
    const grown = (process.memoryUsage.rss() - before) / 1024 / 1024
    assert(grown < 32, `the server grew by ${grown.toFixed(0)} MB`)
  })
})
