import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import type { ModelCard } from '#shared/imaging-recognition.ts'
import { openOnce } from './open-once.ts'

/** Numbers in row order with their shape. */
export type Tensor = { data: Float32Array; dims: readonly number[] }

/** A network that is ready to run. */
export type Model = {
  card: ModelCard
  /** Native code, or WebAssembly where there is none for this machine. */
  runtime: 'native' | 'wasm'
  /** The network's own names. */
  inputs: readonly string[]
  /** By the network's own names of inputs and outputs. */
  run(inputs: Record<string, Tensor>): Promise<Record<string, Tensor>>
  /** Gives its memory back. */
  close(): Promise<void>
}

type Runtime = {
  name: Model['runtime']
  open(weights: Uint8Array): Promise<InferenceSession>
  tensor(data: Float32Array, dims: readonly number[]): OrtTensor
}

// The server and the media streams need the other cores.
const threads = 1

const chosen = openOnce(() =>
  nativeRuntime().catch((error: unknown) => {
    process.stderr.write(`models run in WebAssembly, two to three times slower: ${String(error)}\n`)
    return wasmRuntime()
  }),
)

/**
 * Opens the network in a file, after its hash was compared with the card's. Only for a process that may crash.
 * @throws Error for another file than the card's, or when the runtime cannot read it.
 */
export async function openModel(card: ModelCard, file: URL | string): Promise<Model> {
  return open(card, file, await chosen())
}

/** As `openModel`, in WebAssembly, to compare. */
export async function openModelInWasm(card: ModelCard, file: URL | string): Promise<Model> {
  return open(card, file, await wasmRuntime())
}

async function open(card: ModelCard, file: URL | string, runtime: Runtime): Promise<Model> {
  const weights = await readFile(file)
  const sha256 = createHash('sha256').update(weights).digest('hex')
  if (sha256 !== card.sha256)
    throw new Error(`the file of model ${card.name} ${card.version} is not the one that its card describes`)
  const session = await runtime.open(weights)
  return {
    card,
    runtime: runtime.name,
    inputs: session.inputNames,
    close: () => session.release(),
    async run(inputs) {
      const feeds = Object.fromEntries(
        Object.entries(inputs).map(([name, { data, dims }]) => [name, runtime.tensor(data, dims)]),
      )
      const results = await session.run(feeds)
      return Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, floats(card, name, tensor)]),
      )
    },
  }
}

function floats({ name }: ModelCard, output: string, { data, dims }: OrtTensor): Tensor {
  if (!(data instanceof Float32Array))
    throw new Error(`output ${output} of model ${name} has no float32 numbers`)
  return { data, dims }
}

async function nativeRuntime(): Promise<Runtime> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node')
  return {
    name: 'native',
    open: (weights) => InferenceSession.create(weights, { intraOpNumThreads: threads, interOpNumThreads: 1 }),
    tensor: (data, dims) => new Tensor('float32', data, dims),
  }
}

async function wasmRuntime(): Promise<Runtime> {
  const { InferenceSession, Tensor, env } = await import('onnxruntime-web')
  env.wasm.numThreads = threads
  return {
    name: 'wasm',
    open: (weights) => InferenceSession.create(weights, { executionProviders: ['wasm'] }),
    tensor: (data, dims) => new Tensor('float32', data, dims),
  }
}
