import { PictureType } from '#shared/imaging-content.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { openOnce } from '../open-once.ts'
import { planesOf, tensorOf, type Planes } from '../planes.ts'
import { openModel, type Model } from '../runtime.ts'
import { contentCard, contentFile, typeCard, typeFile } from './cards.ts'
import { coloursOf, edgesOf } from './colours.ts'
import { squash } from './squash.ts'

/** What the network expects. */
const edge = 224

/** In the order in which the network gives them (nsfwjs, src/nsfw_classes.ts). */
const classNames = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'] as const
const sensitiveNames: ReadonlySet<string> = new Set(['hentai', 'porn', 'sexy'])

/** Opened when they are needed. */
export type ContentModels = { content: () => Promise<Model>; types: () => Promise<Model> }
/** `guard`: how sensitive it is. `type`: what kind of picture it may be. */
export type ContentQuestions = { guard: boolean; type: boolean }
export type Likely<Name> = { name: Name; probability: number }
export type Description = {
  /** How likely it is that not everybody should see it in passing. Null unless the guard was asked. */
  sensitivity: number | null
  /** What that is the sum of. */
  classes: Likely<(typeof classNames)[number]>[]
  /** The most likely first; empty unless the type was asked. */
  types: Likely<PictureType>[]
}

export function contentModels(open: typeof openModel = openModel): ContentModels {
  return {
    content: openOnce(() => open(contentCard, contentFile)),
    types: openOnce(() => open(typeCard, typeFile)),
  }
}

/**
 * What models take a picture for, as far as it was asked. They say what they were taught, sure or not: see decide.ts. One
 * network sees for both questions; what its sight means for each is worked out only when it is asked.
 */
export async function describeContent(
  { content, types }: ContentModels,
  picture: Pixels,
  asked: ContentQuestions,
): Promise<Description> {
  const { features, probabilities } = await featuresOf(await content(), picture)
  return {
    ...(asked.guard ? guarded(probabilities) : { sensitivity: null, classes: [] }),
    types: asked.type ? await typed(await types(), features) : [],
  }
}

function guarded(probabilities: Float32Array): Pick<Description, 'sensitivity' | 'classes'> {
  const classes = classNames.map((name, at) => ({ name, probability: probabilities[at]! }))
  const sensitivity = classes.reduce(
    (sum, { name, probability }) => (sensitiveNames.has(name) ? sum + probability : sum),
    0,
  )
  return { sensitivity: Math.min(1, sensitivity), classes }
}

async function typed(types: Model, features: Float32Array): Promise<Description['types']> {
  const answer = await types.run({ features: { data: features, dims: [1, features.length] } })
  return PictureType.options
    .map((name, at) => ({ name, probability: answer['probabilities']!.data[at]! }))
    .sort((a, b) => b.probability - a.probability)
}

/** What the picture's type is told from: what the network saw, colours, and edges. */
export async function featuresOf(content: Model, picture: Pixels) {
  const square: Planes = squash(planesOf(picture), edge)
  const { embedding, probabilities } = await content.run({ pixels: tensorOf(square) })
  const features = Float32Array.of(...embedding!.data, ...coloursOf(square), ...edgesOf(square))
  return { features, probabilities: probabilities!.data }
}
