import sharp from 'sharp'
import { createPipeline, type ImagingPipeline } from '#server/imaging/pipeline/index.ts'
import { asJpeg, skin } from '#server/imaging/pipeline/test/specimens.ts'
import { presets } from '#shared/imaging-recipe.ts'
import { compared, type BenchResult } from './result.ts'

const sizes = [
  [1280, 720],
  [3840, 2160],
] as const
const warmUps = 4
const runs = 9
const limit = 1.3

/**
 * From an upload in memory to the enhanced picture and its thumbnail: ours (look, strip, hash, hop to the media process,
 * derive `balanced`, hop back) against bare sharp in this process, in turn. The peer is let off lightly: brightness and
 * sharpening as sharp has them, and no local contrast at all, because sharp's own takes 1 s at 720p and 30 s at 4K.
 */
export async function run(): Promise<BenchResult[]> {
  const pipeline = createPipeline({ size: 1 })
  try {
    await pipeline.warm()
    const results: BenchResult[] = []
    for (const [width, height] of sizes) results.push(await compare(pipeline, width, height))
    return results
  } finally {
    await pipeline.close()
  }
}

async function compare(pipeline: ImagingPipeline, width: number, height: number): Promise<BenchResult> {
  const upload = await asJpeg(skin(width, height), width, height)
  const ourTimes: number[] = []
  const peerTimes: number[] = []
  for (let round = -warmUps; round < runs; round++) {
    const ours = await time(() => pipeline.derive(pipeline.accept(upload).bytes, presets.balanced))
    const peer = await time(() => bareSharp(upload))
    if (round < 0) continue
    ourTimes.push(ours)
    peerTimes.push(peer)
  }
  return compared(`snapshot ${width}x${height}`, 'ms', ourTimes, peerTimes, limit)
}

async function bareSharp(upload: Buffer): Promise<void> {
  const { display, thumbnail } = presets.balanced
  const enhanced = sharp(upload).autoOrient().linear(1.04, 2).sharpen({ sigma: 1 })
  await Promise.all([
    enhanced
      .clone()
      .resize({ width: display.maxEdge, height: display.maxEdge, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: display.quality, optimiseCoding: false })
      .toBuffer(),
    enhanced
      .clone()
      .resize({ width: thumbnail.maxEdge, height: thumbnail.maxEdge, fit: 'inside' })
      .webp({ quality: thumbnail.quality, effort: 0 })
      .toBuffer(),
  ])
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
