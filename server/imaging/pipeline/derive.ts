import { createHash } from 'node:crypto'
import type { Recipe, SmallPicture } from '#shared/imaging-recipe.ts'
import { decode, encodeDisplay, encodeSmall, engine, shrink } from './codec.ts'
import { applyStep } from './kernels/apply-step.ts'
import { measureCapture, type CaptureMeasures } from './kernels/capture-quality.ts'
import type { Picture } from './kernels/picture.ts'
import { redact } from './kernels/redact.ts'
import { strip } from './strip.ts'
import { unreadable } from './containers/container.ts'

/** What a recipe makes of an original. */
export type Outcome = {
  /** Baseline JPEG, 4:2:0, upright, sRGB, without metadata. */
  display: Buffer
  /** Size of `display` in pixels. */
  width: number
  height: number
  /** SHA-256 of `display`, hexadecimal. */
  sha256: string
  /** WebP. */
  thumbnail: Buffer
  /** WebP of the original; null unless it was asked for. */
  preview: Buffer | null
  /** Of the original, no larger than the recipe displays it; before the first step. */
  measures: CaptureMeasures
  /** The codecs that took part; a different engine may give other bytes. */
  engine: string
  /** What took how long, in the order it was done. */
  timings: { step: string; ms: number }[]
}

/** A derived picture with the recipe that made it. */
export type Derived = Outcome & { recipe: Recipe }

/**
 * Makes the picture here and now, and a small one of the original where that is asked for. In this process: only for one
 * that may crash. @throws ImageRejected.
 */
export async function derive(
  original: Uint8Array,
  recipe: Recipe,
  asPreview: SmallPicture | null = null,
): Promise<Outcome> {
  const timings: Outcome['timings'] = []
  let since = performance.now()
  const lap = (step: string) => {
    const now = performance.now()
    timings.push({ step, ms: now - since })
    since = now
  }

  const { bytes } = strip(original)
  lap('strip')
  const picture = await decodeStripped(bytes, recipe.display.maxEdge)
  lap('decode')
  // The codec's thread works while this one measures; the first step may change the samples in place.
  const shrinking = asPreview && shrink(picture, asPreview.maxEdge)
  const measures = measureCapture(picture.rgb(), picture.width, picture.height)
  const untreated = await shrinking
  lap('measure')
  for (const step of recipe.steps) {
    applyStep(picture, step)
    lap(step.op)
  }
  const rgb = picture.rgb()
  lap('colour')
  if (recipe.redact) {
    redact(rgb, picture.width, picture.height, recipe.redact)
    lap('redact')
  }
  const [display, thumbnail, preview] = await Promise.all([
    encodeDisplay(picture, recipe.display),
    encodeSmall(picture, recipe.thumbnail),
    asPreview && untreated && encodeSmall(untreated, asPreview),
  ])
  lap('encode')
  const sha256 = createHash('sha256').update(display).digest('hex')
  lap('hash')
  const { width, height } = picture
  return { display, thumbnail, preview, width, height, sha256, measures, engine, timings }
}

/** Upright sRGB, its longer edge at most `maxEdge`; only for a process that may crash. @throws ImageRejected. */
export function decodeOriginal(original: Uint8Array, maxEdge: number): Promise<Picture> {
  return decodeStripped(strip(original).bytes, maxEdge)
}

// libvips never sees metadata: its EXIF reader has had holes, and its profile reader may.
function decodeStripped(bytes: Uint8Array, maxEdge: number): Promise<Picture> {
  return decode(bytes, maxEdge).catch((error: unknown) => {
    throw Object.assign(unreadable('the picture is damaged'), { cause: error })
  })
}
