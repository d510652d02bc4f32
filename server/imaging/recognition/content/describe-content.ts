import { PictureType } from '#shared/imaging-content.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
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

export type ContentModels = { content: Model; types: Model }
export type Likely<Name> = { name: Name; probability: number }
export type Description = {
  /** How likely it is that not everybody should see it in passing. */
  sensitivity: number
  classes: Likely<(typeof classNames)[number]>[]
  /** The most likely first. */
  types: Likely<PictureType>[]
}

export async function openContentModels(): Promise<ContentModels> {
  return { content: await openModel(contentCard, contentFile), types: await openModel(typeCard, typeFile) }
}

/** What models take a picture for. They say what they were taught, sure or not: see decide.ts. */
export async function describeContent(models: ContentModels, picture: Pixels): Promise<Description> {
  const { features, probabilities } = await featuresOf(models.content, picture)
  const answer = await models.types.run({ features: { data: features, dims: [1, features.length] } })
  const types = PictureType.options
    .map((name, at) => ({ name, probability: answer['probabilities']!.data[at]! }))
    .sort((a, b) => b.probability - a.probability)
  const classes = classNames.map((name, at) => ({ name, probability: probabilities[at]! }))
  const sensitivity = classes.reduce(
    (sum, { name, probability }) => (sensitiveNames.has(name) ? sum + probability : sum),
    0,
  )
  return { sensitivity: Math.min(1, sensitivity), classes, types }
}

/** What the picture's type is told from: what the network saw, colours, and edges. */
export async function featuresOf(content: Model, picture: Pixels) {
  const square: Planes = squash(planesOf(picture), edge)
  const { embedding, probabilities } = await content.run({ pixels: tensorOf(square) })
  const features = Float32Array.of(...embedding!.data, ...coloursOf(square), ...edgesOf(square))
  return { features, probabilities: probabilities!.data }
}
