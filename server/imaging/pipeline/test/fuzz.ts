import { recipeOf } from '#shared/imaging-recipe.ts'
import { ImageRejected, type ImagingPipeline } from '../index.ts'
import * as specimens from './specimens.ts'

export type FuzzReport = {
  mutants: number
  derived: number
  refused: number
  /** Mutants that cost a media process its life or were not answered, by kind and number; none is the hope. */
  lost: string[]
  slowestMs: number
  /** The most that a media process had of memory after a mutant. */
  mostRssMb: number
}

type FuzzOptions = { count: number; seed: number; onMutant?: (done: number) => void }

const recipe = recipeOf([{ op: 'gamma', version: 1, gamma: 0.9 }])

/**
 * Sends damaged pictures of every kind through the door and the media processes, one after another, repeatably by
 * `seed`. Whatever is thrown but a refusal of the picture is a loss.
 */
export async function fuzz(
  pipeline: ImagingPipeline,
  { count, seed, onMutant }: FuzzOptions,
): Promise<FuzzReport> {
  const kinds = await healthyPictures()
  const next = specimens.seeded(seed)
  const report: FuzzReport = { mutants: 0, derived: 0, refused: 0, lost: [], slowestMs: 0, mostRssMb: 0 }
  for (; report.mutants < count; report.mutants++) {
    const [kind, healthy] = kinds[report.mutants % kinds.length]!
    const mutant = specimens.mutate(healthy, next)
    const startedAt = performance.now()
    try {
      await pipeline.derive(pipeline.accept(mutant).bytes, recipe)
      report.derived++
    } catch (error) {
      if (error instanceof ImageRejected) report.refused++
      else report.lost.push(`${kind} ${report.mutants}: ${String(error)}`)
    }
    report.slowestMs = Math.max(report.slowestMs, performance.now() - startedAt)
    const rss = pipeline.stats().children.map(({ rssBytes }) => (rssBytes ?? 0) / 1024 / 1024)
    report.mostRssMb = Math.max(report.mostRssMb, ...rss)
    onMutant?.(report.mutants + 1)
  }
  return report
}

async function healthyPictures(): Promise<[string, Buffer][]> {
  const png = await specimens.aPng()
  const unusual = await specimens.unusual(png)
  return [
    ['jpeg', await specimens.aJpeg()],
    ['png', png],
    ['webp', await specimens.aWebp()],
    ['moving webp', await specimens.aMovingWebp()],
    ['jpeg of a phone', specimens.insertInJpeg(await specimens.aJpeg(), specimens.exifSegment(6))],
    ...unusual.map((bytes, at): [string, Buffer] => [`unusual ${at}`, bytes]),
  ]
}
