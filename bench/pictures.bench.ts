import { uploadSnapshot, enhanceSnapshot, listEnhancements, readSnapshot } from '#shared/imaging.ts'
import type { ConsultId, SnapshotId } from '#shared/ids.ts'
import { presets, recipeOf } from '#shared/imaging-recipe.ts'
import { createPipeline } from '#server/imaging/pipeline/index.ts'
import { asJpeg, skin } from '#server/imaging/pipeline/test/specimens.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { Refused } from '#test/support/client.ts'
import { aLiveVisit, type Sitter } from '#test/support/consults.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld, type World } from '#test/support/world.ts'
import { bounded, percentile, type BenchResult } from './result.ts'

const atOnce = 100
const hundreds = 5
const desks = 10
const warmUps = 10
const runs = 40

/** What isolation costs, and how the server does with hundreds of pictures at once. */
export async function run(): Promise<BenchResult[]> {
  return [await isolation(), ...(await hundredsAtOnce())]
}

/** The hop to the media process and back at 720p: the whole less what the process says it worked. */
async function isolation(): Promise<BenchResult> {
  const pipeline = createPipeline({ size: 1 })
  try {
    await pipeline.warm()
    const upload = pipeline.accept(await asJpeg(skin(1280, 720), 1280, 720)).bytes
    const costs: number[] = []
    for (let round = -warmUps; round < runs; round++) {
      const startedAt = performance.now()
      const { timings } = await pipeline.derive(upload, presets.balanced)
      const total = performance.now() - startedAt
      if (round >= 0) costs.push(total - timings.reduce((sum, { ms }) => sum + ms, 0))
    }
    return bounded('isolation of a 1280x720 picture', 'ms', costs, 1)
  } finally {
    await pipeline.close()
  }
}

/** Several hundreds, so that what V8 fills once and keeps can be told from what grows: the first two fill it. */
async function hundredsAtOnce(): Promise<BenchResult[]> {
  const world = await startWorld({ media: true })
  try {
    const { patient, doctor, consultId } = await aLiveVisit(world)
    const snapshots: SnapshotId[] = []
    while (snapshots.length < hundreds) snapshots.push(await aSnapshot(patient, doctor, consultId))
    const doctors: Client[] = []
    while (doctors.length < desks) {
      // Nobody may sign in that often at once.
      world.clock.advance(60_000)
      doctors.push(await world.signIn('doctor'))
    }

    const before = process.memoryUsage.rss()
    const peaks: number[] = []
    const others: number[] = []
    let lost = 0
    for (const snapshotId of snapshots) {
      let most = 0
      let going = true
      const asking = (async () => {
        while (going) {
          world.clock.advance(100)
          const startedAt = performance.now()
          await patient.client.call(readSnapshot, { params: { snapshotId } })
          others.push(performance.now() - startedAt)
          most = Math.max(most, process.memoryUsage.rss())
          await new Promise((resolve) => setTimeout(resolve, 10))
        }
      })()
      await Promise.all(
        Array.from({ length: atOnce }, (_, at) => persist(world, doctors[at % desks]!, snapshotId, at)),
      )
      const ended = await waitFor(
        'none of the hundred is under way',
        async () => {
          const { enhancements } = await doctor.client.call(listEnhancements, { params: { snapshotId } })
          const under = enhancements.some(({ state }) => state === 'processing')
          return !under && enhancements
        },
        120_000,
      )
      going = false
      await asking
      if (ended) lost += atOnce - ended.filter(({ state }) => state === 'ready').length
      peaks.push(most / 1024 / 1024)
    }
    const [first = 0, second = 0] = peaks
    const last = peaks.at(-1) ?? 0
    return [
      bounded(`of ${hundreds} times ${atOnce} pictures at once, lost`, '', [lost], 0.5),
      bounded('other requests meanwhile, p99', 'ms', others, 100, percentile(others, 99)),
      bounded(
        'memory of the server with the first hundred, more by',
        'MB',
        [first - before / 1024 / 1024],
        100,
      ),
      bounded('memory with the last hundred, above the second', 'MB', [last - second], 20),
    ]
  } finally {
    await world.close()
  }
}

async function aSnapshot(patient: Sitter, doctor: Sitter, consultId: ConsultId): Promise<SnapshotId> {
  const { requestId } = await doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
  await patient.socket.request('snapshot:answer', { requestId, allowed: true })
  const bytes = await asJpeg(skin(1280, 720), 1280, 720)
  const { id: snapshotId } = await patient.client.call(uploadSnapshot, {
    params: { consultId },
    query: { requestId },
    bytes,
  })
  await waitFor('the picture is taken in', async () => {
    const { state } = await doctor.client.call(readSnapshot, { params: { snapshotId } })
    return state === 'ready'
  })
  return snapshotId
}

/** Asks, and comes again when told to. */
async function persist(world: World, doctor: Client, snapshotId: SnapshotId, at: number): Promise<void> {
  const by = recipeOf([...presets.skinDetail.steps, { op: 'gamma', version: 1, gamma: 0.5 + at / 100 }])
  const idempotencyKey = aKey()
  for (;;) {
    try {
      await doctor.call(enhanceSnapshot, { params: { snapshotId }, body: { by, idempotencyKey } })
      return
    } catch (error) {
      const wait = error instanceof Refused ? error.problem.params?.['retryAfterMs'] : undefined
      if (typeof wait !== 'number') throw error
      await new Promise((resolve) => setTimeout(resolve, Math.min(wait, 2_000)))
      world.clock.advance(1_000)
    }
  }
}
