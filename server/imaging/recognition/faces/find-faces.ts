import { ModelCard, type Face } from '#shared/imaging-recognition.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import card from '../models/tiny-face-detector.card.json' with { type: 'json' }
import { planesOf, smaller, tensorOf } from '../planes.ts'
import { openModel, type Model } from '../runtime.ts'
import { boxesIn, surest, type Found } from './cells.ts'

export const faceCard = ModelCard.parse(card)
export const faceFile = new URL('../models/tiny-face-detector.onnx', import.meta.url)

/**
 * The detector sees the picture twice: small faces are found in the larger one, large faces, and those half turned away, in
 * the smaller one.
 */
const edges = [960, 512]
/** The side of a cell in pixels: sides that are no multiples of it would leave cells that are cut. */
const cell = 32
/** Rather a box too many, which a person takes away, than a face too few. */
const leastScore = 0.3
const mostOverlap = 0.4

export function openFaceDetector(): Promise<Model> {
  return openModel(faceCard, faceFile)
}

/** Faces for a person to check before a picture leaves the clinic, the surest first, in shares of the picture. */
export async function findFaces(detector: Model, picture: Pixels): Promise<Face[]> {
  const found: Found[] = []
  let planes = planesOf(picture)
  for (const edge of edges) {
    planes = smaller(planes, edge)
    const pixels = tensorOf(planes, cell)
    const { cells } = await detector.run({ pixels })
    const [, , high, wide] = pixels.dims
    const [across, down] = [wide! / planes.width, high! / planes.height]
    for (const { x, y, width, height, score } of boxesIn(cells!, leastScore))
      found.push({ x: x * across, y: y * down, width: width * across, height: height * down, score })
  }
  return surest(found, mostOverlap).map(({ score, ...box }) => ({ box: within(box), score }))
}

/** The part of a box that lies in the picture. */
function within({ x, y, width, height }: Omit<Found, 'score'>): Face['box'] {
  const [left, top] = [Math.max(0, x), Math.max(0, y)]
  return { x: left, y: top, width: Math.min(1, x + width) - left, height: Math.min(1, y + height) - top }
}
