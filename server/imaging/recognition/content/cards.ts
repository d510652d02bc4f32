import { ModelCard } from '#shared/imaging-recognition.ts'
import contentJson from '../models/content.card.json' with { type: 'json' }
import typeJson from '../models/picture-type.card.json' with { type: 'json' }

export const contentCard = ModelCard.parse(contentJson)
export const contentFile = new URL('../models/content.onnx', import.meta.url)
export const typeCard = ModelCard.parse(typeJson)
export const typeFile = new URL('../models/picture-type.onnx', import.meta.url)

/** More than this a picture need not have. */
export const contentEdge = 640
