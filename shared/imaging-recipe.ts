import { z, type ZodRawShape } from 'zod'

// Each step names the version of its kernel: a kernel whose output changes gets a new number, and old recipes keep
// meaning what they meant. A new kernel is one schema here, one row in kernels/apply-step.ts and one file beside it.

function step<O extends string, P extends ZodRawShape>(op: O, parameters: P) {
  return z.strictObject({ op: z.literal(op), version: z.literal(1), ...parameters })
}

/** OpenCV's convertScaleAbs on each colour channel: saturate(|alpha * x + beta|). */
const scaleAbs = step('scaleAbs', {
  alpha: z.number().min(0).max(8),
  beta: z.number().min(-255).max(255),
})

/** 255 * (x / 255) ** gamma on each colour channel; below 1 brightens, black and white stay. */
const gamma = step('gamma', { gamma: z.number().min(0.2).max(5) })

/** DICOM's linear window on each colour channel, in levels: black below it, white above it, a straight line between. */
const window = step('window', { centre: z.number().min(0).max(255), width: z.number().min(1).max(512) })

const share = z.number().min(0).max(1)

/** A rectangle in shares of the picture's width and height, so that it means the same place at every size. */
export const Area = z.strictObject({ left: share, top: share, width: share, height: share })
export type Area = z.infer<typeof Area>

/** Brings red and blue to green, in linear light, so that the patch becomes neutral. */
const whiteBalance = step('whiteBalance', { patch: Area })

const gain = z.number().min(0.05).max(20)

/** Factors on linear light, such as those that make the paper of the reference marker neutral. */
const colourGains = step('colourGains', { red: gain, green: gain, blue: gain })

/** The luma of BT.601 on all three channels. */
const grey = step('grey', {})

/** OpenCV's CLAHE on the lightness of CIE Lab; hue and chroma stay. `tiles` is the grid's side. */
const clahe = step('clahe', {
  clipLimit: z.number().min(1).max(8),
  tiles: z.int().min(2).max(16),
})

/** Unsharp mask on lightness: adds `amount` of what a Gaussian of `sigma` pixels takes away, above `threshold` levels. */
const unsharp = step('unsharp', {
  sigma: z.number().min(0.5).max(5),
  amount: z.number().min(0).max(2),
  threshold: z.int().min(0).max(32),
})

/** OpenCV's GaussianBlur on each colour channel, `sigma` in pixels. */
const gaussian = step('gaussian', { sigma: z.number().min(0.3).max(20) })

/** OpenCV's medianBlur on each colour channel, `size` the side of its square in pixels. */
const median = step('median', { size: z.literal([3, 5]) })

/** OpenCV's bilateralFilter on the colours: smooths what differs by less than about `sigmaColour` levels. */
const bilateral = step('bilateral', {
  diameter: z.literal([3, 5, 7, 9]),
  sigmaColour: z.number().min(1).max(150),
  sigmaSpace: z.number().min(0.5).max(10),
})

/** Edges: |scale * Laplacian| of the luma, with 4 or 8 neighbours. */
const laplacian = step('laplacian', { neighbours: z.literal([4, 8]), scale: z.number().min(0.25).max(8) })

const thresholdKind = z.enum(['binary', 'inverse', 'truncate', 'toZero'])

/** OpenCV's threshold on the luma, 255 for what is above. */
const threshold = step('threshold', { level: z.int().min(0).max(255), kind: thresholdKind })

/** The same at the level that Otsu's method finds. */
const otsu = step('otsu', { kind: thresholdKind })

const odd = (most: number) =>
  z
    .int()
    .min(3)
    .max(most)
    .refine((side) => side % 2 === 1)

/** OpenCV's adaptiveThreshold on the luma: white where it is above its neighbourhood's mean less `offset` levels. */
const adaptiveThreshold = step('adaptiveThreshold', {
  neighbourhood: z.enum(['mean', 'gaussian']),
  size: odd(99),
  offset: z.number().min(-50).max(50),
})

/** OpenCV's morphologyEx on the luma with an element of `size` pixels. */
const morphology = step('morphology', {
  operation: z.enum(['erode', 'dilate', 'open', 'close', 'gradient']),
  shape: z.enum(['rect', 'cross', 'ellipse']),
  size: odd(31),
})

/** Cycles a pixel: 0.5 is every other pixel, 0.71 the same along the diagonal. */
const frequency = z.number().min(0.002).max(0.71)
const fallOff = {
  shape: z.enum(['ideal', 'gaussian', 'butterworth']),
  /** Of `butterworth`: the higher, the steeper. */
  order: z.int().min(1).max(8),
}

/** Keeps of the lightness what changes more slowly than `cutoff`. */
const lowPass = step('lowPass', { cutoff: frequency, ...fallOff })

/** Keeps of the luma what changes faster than `cutoff`; middle grey stands for nothing. */
const highPass = step('highPass', { cutoff: frequency, ...fallOff })

/** Keeps of the luma what lies between the two frequencies; middle grey stands for nothing. */
const bandPass = step('bandPass', { from: frequency, to: frequency, ...fallOff })

/** Wiener's filter on lightness: takes back a Gaussian blur of `sigma` pixels as far as the share of `noise` allows. */
const wiener = step('wiener', { sigma: z.number().min(0.3).max(10), noise: z.number().min(0.0001).max(1) })

export const Step = z.discriminatedUnion('op', [
  scaleAbs,
  gamma,
  window,
  whiteBalance,
  colourGains,
  grey,
  clahe,
  unsharp,
  gaussian,
  median,
  bilateral,
  laplacian,
  threshold,
  otsu,
  adaptiveThreshold,
  morphology,
  lowPass,
  highPass,
  bandPass,
  wiener,
])
export type Step = z.infer<typeof Step>

/** Steps that take a second or more for twelve megapixels. */
const slowOps: ReadonlySet<Step['op']> = new Set<Step['op']>([
  'bilateral',
  'median',
  'adaptiveThreshold',
  'morphology',
  'lowPass',
  'highPass',
  'bandPass',
  'wiener',
])
const maxSlowSteps = 3

/** A WebP for lists. */
const SmallPicture = z.strictObject({
  maxEdge: z.int().min(32).max(512),
  quality: z.int().min(30).max(95),
})
export type SmallPicture = z.infer<typeof SmallPicture>

/**
 * How a derived picture is made from its original: steps are done in the order given, each on the result of the one
 * before. The same recipe, the same original and the same engine give the same bytes.
 */
export const Recipe = z.strictObject({
  version: z.literal(1),
  steps: z
    .array(Step)
    .max(16)
    .refine((steps) => steps.filter(({ op }) => slowOps.has(op)).length <= maxSlowSteps),
  /** Filled with black after the last step; for pictures that leave the house without their person. */
  redact: z.array(Area).max(50).exactOptional(),
  display: z.strictObject({
    /** Longer edges are reduced to this many pixels before the first step; never enlarged. */
    maxEdge: z.int().min(64).max(4096),
    quality: z.int().min(50).max(100),
  }),
  thumbnail: SmallPicture,
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
    { op: 'bilateral', version: 1, diameter: 5, sigmaColour: 40, sigmaSpace: 2 },
    { op: 'clahe', version: 1, clipLimit: 2.5, tiles: 8 },
    { op: 'unsharp', version: 1, sigma: 3, amount: 1.2, threshold: 3 },
  ],
  reduceNoise: [
    { op: 'median', version: 1, size: 3 },
    { op: 'bilateral', version: 1, diameter: 5, sigmaColour: 75, sigmaSpace: 2 },
    { op: 'unsharp', version: 1, sigma: 1, amount: 0.3, threshold: 3 },
  ],
  document: [
    { op: 'grey', version: 1 },
    { op: 'gaussian', version: 1, sigma: 0.8 },
    { op: 'adaptiveThreshold', version: 1, neighbourhood: 'mean', size: 31, offset: 10 },
    { op: 'gaussian', version: 1, sigma: 0.6 },
  ],
  xray: [
    { op: 'clahe', version: 1, clipLimit: 3, tiles: 8 },
    { op: 'unsharp', version: 1, sigma: 2, amount: 0.6, threshold: 2 },
    { op: 'window', version: 1, centre: 112, width: 224 },
    { op: 'grey', version: 1 },
  ],
}

/** A recipe with these steps and the usual output. */
export function recipeOf(steps: Step[]): Recipe {
  return { version: 1, steps, ...output }
}

/** Recipes with a name. `balanced` is what a snapshot gets by default; `plain` only turns, resizes and re-encodes. */
export const presets = Object.fromEntries(
  PresetName.options.map((name) => [name, recipeOf(stepsOf[name])]),
) as Record<PresetName, Recipe>
