import type { Pixels } from '../../pipeline/tasks.ts'
import { openModel, type Model, type Tensor } from '../runtime.ts'
import { inputOf } from './input.ts'
import { cardOf, type Manifest } from './manifest.ts'
import { ModelRefused } from './refused.ts'
import { activated } from './scores.ts'
import type { OwnModelFile, Scored } from './tasks.ts'

/** Has networks look at pictures; it keeps the last one open. Only for a process that may crash. */
export function createClassifier() {
  let last: { sha256: string; model: Model } | null = null

  async function opened({ file, bytes, manifest }: OwnModelFile): Promise<Model> {
    const { sha256 } = manifest
    if (last?.sha256 === sha256) return last.model
    await last?.model.close()
    last = null
    const model = await openModel(cardOf(manifest, bytes), file).catch((error: unknown) => {
      throw new ModelRefused('does_not_open', reasonOf(error))
    })
    last = { sha256, model }
    return model
  }

  async function classify(own: OwnModelFile, picture: Pixels): Promise<Scored[]> {
    const { manifest } = own
    const model = await opened(own)
    const [input, ...furtherInputs] = model.inputs
    if (input === undefined || furtherInputs.length > 0)
      throw new ModelRefused('wrong_shape', `it has ${model.inputs.length} inputs instead of one picture`)
    const results = await model.run({ [input]: inputOf(picture, manifest.input) }).catch((error: unknown) => {
      throw new ModelRefused('wrong_shape', reasonOf(error))
    })
    return labelled(numbersOf(Object.values(results), manifest), manifest)
  }

  return {
    classify,
    /** @throws ModelRefused */
    async tryOut(own: OwnModelFile): Promise<void> {
      await classify(own, greyPicture(own.manifest.input))
    },
  }
}

function numbersOf(results: readonly Tensor[], { labels }: Manifest): Float32Array {
  const [result, ...further] = results
  if (!result || further.length > 0)
    throw new ModelRefused('wrong_shape', `it gives ${results.length} results instead of one`)
  if (result.data.length !== labels.length)
    throw new ModelRefused(
      'wrong_shape',
      `it gives ${result.data.length} numbers and its manifest names ${labels.length} labels`,
    )
  if (!result.data.every(Number.isFinite))
    throw new ModelRefused('wrong_shape', 'it gives something that is no number')
  return result.data
}

function labelled(numbers: Float32Array, { labels, activation }: Manifest): Scored[] {
  return activated(numbers, activation)
    .map((score, at) => ({ label: labels[at] ?? '', score }))
    .toSorted((a, b) => b.score - a.score)
}

function greyPicture({ width, height }: { width: number; height: number }): Pixels {
  return { rgb: new Uint8Array(width * height * 3).fill(128), width, height }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300)
}
