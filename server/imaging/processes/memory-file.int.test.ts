import assert from 'node:assert/strict'
import { closeSync, readdirSync, readlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { presets } from '#shared/imaging-recipe.ts'
import { createPipeline } from '../pipeline/index.ts'
import { aJpeg } from '../pipeline/test/specimens.ts'
import type { Program } from './child.ts'
import { ProcessFailed } from './errors.ts'
import { quietLog } from './log.ts'
import { collect, openMemoryFile, place } from './memory-file.ts'
import { Pool, type PoolOptions } from './pool.ts'

const liar: Program = {
  name: 'lying',
  entry: fileURLToPath(new URL('test/liar.ts', import.meta.url)),
  env: {},
  execArgv: [],
  refused: (_code, reason) => new Error(reason),
}
const limits: PoolOptions = {
  size: 1,
  startTimeoutMs: 10_000,
  jobTimeoutMs: 5_000,
  memoryLimitMb: 300,
  queueLength: 1,
  queueBytes: 1024,
  idleMs: 60_000,
}

describe('the memory file between the server and a process', function () {
  this.timeout(30_000)
  const largest = 8 * 1024 * 1024
  let file: number

  before(function () {
    const opened = openMemoryFile()
    if (opened === null) {
      assert.notEqual(process.platform, 'linux', 'there is one on Linux')
      return this.skip()
    }
    file = opened
  })
  after(() => {
    if (file) closeSync(file)
  })

  it('has no name', () => {
    assert(readlinkSync(`/proc/self/fd/${file}`).endsWith(' (deleted)'))
  })

  it('takes the byte arrays out of a message, and gives them back as they were', () => {
    const message = {
      width: 2,
      first: Uint8Array.of(1, 2, 3),
      none: new Uint8Array(),
      last: Buffer.alloc(70_000, 9),
    }
    const { rest, placed } = place(file, message)
    assert.deepEqual(rest, { width: 2 })
    const { first, none, last, ...others } = collect(file, rest, placed) as typeof message
    assert.deepEqual(others, { width: 2 })
    assert.deepEqual([[...first], none.length], [[1, 2, 3], 0])
    assert(last.equals(message.last))
  })

  it('leaves a list a list', () => {
    for (const list of [[], [{ text: 'a line' }, { text: 'another' }], [Uint8Array.of(1, 2)]]) {
      const { rest, placed } = place(file, list)
      assert.deepEqual(collect(file, structuredClone(rest), placed), list)
    }
  })

  it('leaves alone what is larger than its share', () => {
    const message = { width: 2, small: Buffer.alloc(10), large: Buffer.alloc(largest) }
    assert.deepEqual(place(file, message), { rest: message, placed: [] })
  })

  it('believes no place that cannot be', () => {
    const { placed } = place(file, { bytes: Buffer.alloc(10) })
    assert.equal(placed.length, 1)
    for (const wrong of [
      { length: -1 },
      { length: largest + 1 },
      { at: -1 },
      { at: largest },
      { length: NaN },
    ])
      assert.throws(
        () => collect(file, {}, [{ ...placed[0]!, ...wrong }]),
        /where there can be none|more than fits/,
      )
    assert.throws(() => collect(file, {}, [{ name: 'bytes', at: largest - 10, length: 10 }]), /fewer bytes/)
    const half = { name: 'bytes', at: 0, length: largest / 2 }
    assert.throws(() => collect(file, {}, [half, half, half]), /more than fits/)
  })

  it('ends with its process', async () => {
    const before = memoryFiles()
    const pipeline = createPipeline({ size: 2 })
    await pipeline.warm()
    assert.equal(memoryFiles(), before + 2)
    await pipeline.derive(await aJpeg(), presets.plain)
    await pipeline.close()
    assert.equal(memoryFiles(), before)
  })

  it('is not missed by what is too large for it', async () => {
    const pipeline = createPipeline({ size: 1 })
    try {
      const { rgb, width, height } = await pipeline.pixels(await aJpeg(2400, 1800), 4096)
      assert.equal(rgb.length, width * height * 3)
      assert(rgb.length > largest)
    } finally {
      await pipeline.close()
    }
  })

  it('ends a process that tells lies of it; the server goes on', async () => {
    const pool = new Pool<{ lie: { ask: object; answer: object } }>(liar, limits, quietLog)
    try {
      const lie = () => pool.run({ task: 'lie', ask: {}, bytes: 0, turn: 'first' })
      await assert.rejects(lie(), (error) => error instanceof ProcessFailed && error.code === 'internal')
      assert.deepEqual(pool.stats().children, [])
    } finally {
      await pool.close()
    }
  })
})

function memoryFiles(): number {
  return readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`).includes('/dev/shm/bedside-')
    } catch (error) {
      // The descriptor of the listing itself.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
      throw error
    }
  }).length
}
