import { z } from 'zod'

// Each step names the version of its kernel: a kernel whose output changes gets a new number, and old recipes keep
// meaning what they meant. A new kernel is one schema here, one row in kernels/apply-step.ts and one file beside it.

/** OpenCV's convertScaleAbs on each colour channel: saturate(|alpha * x + beta|). */
const scaleAbs = z.strictObject({
  op: z.literal('scaleAbs'),
  version: z.literal(1),
  alpha: z.number().min(0).max(8),
  beta: z.number().min(-255).max(255),
})

/** OpenCV's CLAHE on the lightness of CIE Lab; hue and chroma stay. `tiles` is the grid's side. */
const clahe = z.strictObject({
  op: z.literal('clahe'),
  version: z.literal(1),
  clipLimit: z.number().min(1).max(8),
  tiles: z.int().min(2).max(16),
})

/** Unsharp mask on lightness: adds `amount` of what a Gaussian of `sigma` pixels takes away, above `threshold` levels. */
const unsharp = z.strictObject({
  op: z.literal('unsharp'),
  version: z.literal(1),
  sigma: z.number().min(0.5).max(5),
  amount: z.number().min(0).max(2),
  threshold: z.int().min(0).max(32),
})

/** OpenCV's GaussianBlur on each colour channel, `sigma` in pixels. */
const gaussian = z.strictObject({
  op: z.literal('gaussian'),
  version: z.literal(1),
  sigma: z.number().min(0.3).max(20),
})

export const Step = z.discriminatedUnion('op', [scaleAbs, clahe, unsharp, gaussian])
export type Step = z.infer<typeof Step>

/**
 * How a derived picture is made from its original: steps are done in the order given, each on the result of the one
 * before. The same recipe, the same original and the same engine give the same bytes.
 */
export const Recipe = z.strictObject({
  version: z.literal(1),
  steps: z.array(Step).max(16),
  display: z.strictObject({
    /** Longer edges are reduced to this many pixels before the first step; never enlarged. */
    maxEdge: z.int().min(64).max(4096),
    quality: z.int().min(50).max(100),
  }),
  thumbnail: z.strictObject({
    maxEdge: z.int().min(32).max(512),
    quality: z.int().min(30).max(95),
  }),
})
export type Recipe = z.infer<typeof Recipe>

// Quality 90 keeps a photograph under the 20:1 that teledermatology guides allow; 80 does not.
const output = {
  display: { maxEdge: 4096, quality: 90 },
  thumbnail: { maxEdge: 320, quality: 75 },
} as const

export const PresetName = z.enum([
  'plain',
  'balanced',
  'brighter',
  'skinDetail',
  'woundEdges',
  'reduceNoise',
  'document',
  'xray',
])
export type PresetName = z.infer<typeof PresetName>

const stepsOf: Record<PresetName, Step[]> = {
  plain: [],
  balanced: [
    { op: 'scaleAbs', version: 1, alpha: 1.04, beta: 2 },
    { op: 'clahe', version: 1, clipLimit: 1.5, tiles: 8 },
    { op: 'unsharp', version: 1, sigma: 1, amount: 0.5, threshold: 2 },
  ],
  brighter: [{ op: 'scaleAbs', version: 1, alpha: 1.25, beta: 16 }],
  skinDetail: [
    { op: 'clahe', version: 1, clipLimit: 2, tiles: 8 },
    { op: 'unsharp', version: 1, sigma: 2, amount: 0.9, threshold: 2 },
  ],
  woundEdges: [
    { op: 'clahe', version: 1, clipLimit: 3, tiles: 8 },
    { op: 'unsharp', version: 1, sigma: 4, amount: 1.2, threshold: 4 },
  ],
  reduceNoise: [
    { op: 'gaussian', version: 1, sigma: 1 },
    { op: 'unsharp', version: 1, sigma: 2, amount: 0.4, threshold: 3 },
  ],
  document: [
    { op: 'clahe', version: 1, clipLimit: 2, tiles: 8 },
    { op: 'unsharp', version: 1, sigma: 1, amount: 1, threshold: 4 },
  ],
  xray: [{ op: 'clahe', version: 1, clipLimit: 3, tiles: 8 }],
}

/** A recipe with these steps and the usual output. */
export function recipeOf(steps: Step[]): Recipe {
  return { version: 1, steps, ...output }
}

/** Recipes with a name. `balanced` is what a snapshot gets by default; `plain` only turns, resizes and re-encodes. */
export const presets = Object.fromEntries(
  PresetName.options.map((name) => [name, recipeOf(stepsOf[name])]),
) as Record<PresetName, Recipe>
