import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { encodeOnnx, type Graph, type Initializer, type Node } from '#scripts/models/onnx.ts'
import type { Manifest } from '#server/imaging/recognition/own-model/manifest.ts'

/** What a clinic would write into manifest.json; `sha256` is filled in. */
export type Told = Partial<z.input<typeof Manifest>>

const side = 8

/** Says how red, green and blue a picture is: the mean of each channel as it was put in. */
export function colourNetwork(layout: 'NCHW' | 'NHWC' = 'NCHW', edge = side): Uint8Array {
  const planesFirst = layout === 'NCHW'
  return network({
    dims: planesFirst ? [1, 3, edge, edge] : [1, edge, edge, 3],
    nodes: [
      ...(planesFirst
        ? []
        : [node('Transpose', ['picture'], 'planes', [{ name: 'perm', ints: [0, 3, 1, 2] }])]),
      node('GlobalAveragePool', [planesFirst ? 'picture' : 'planes'], 'means'),
      node('Flatten', ['means'], 'scores'),
    ],
  })
}

/**
 * Works as long, or takes as much memory, as the picture is bright: nothing for a grey one, `edge` squared numbers for a
 * white one, multiplied with themselves `products` times.
 */
export function harmfulNetwork(edge: number, products: number): Uint8Array {
  const steps = Array.from({ length: products }, (_, n) => n)
  return network({
    labels: 1,
    constants: [
      floats('threshold', [0.75]),
      floats('gain', [4 * edge]),
      floats('least', [1]),
      ints('flat', [1, 1]),
    ],
    nodes: [
      node('ReduceMax', ['picture'], 'brightest', [{ name: 'keepdims', int: 1 }]),
      node('Reshape', ['brightest', 'flat'], 'seed'),
      node('Sub', ['seed', 'threshold'], 'over'),
      node('Relu', ['over'], 'much'),
      node('Mul', ['much', 'gain'], 'many'),
      node('Add', ['many', 'least'], 'count'),
      node('Cast', ['count'], 'whole', [{ name: 'to', int: 7 }]),
      node('Concat', ['whole', 'whole'], 'pair', [{ name: 'axis', int: 1 }]),
      node('Squeeze', ['pair'], 'size'),
      node('Expand', ['seed', 'size'], 'product0'),
      ...steps.map((n) => node('MatMul', [`product${n}`, `product${n}`], `product${n + 1}`)),
      node('ReduceMax', [`product${products}`], 'largest', [{ name: 'keepdims', int: 0 }]),
      node('Reshape', ['largest', 'flat'], 'scores'),
    ],
  })
}

/** Puts a network and its manifest where a clinic would, and returns its hash. */
export async function putModel(folder: string, weights: Uint8Array, told: Told = {}): Promise<string> {
  const name = told.name ?? 'colour-of-skin'
  const sha256 = createHash('sha256').update(weights).digest('hex')
  const manifest = { ...colourManifest, name, sha256, ...told }
  await putFiles(folder, name, { 'model.onnx': weights, 'manifest.json': JSON.stringify(manifest) })
  return sha256
}

export async function putFiles(
  folder: string,
  name: string,
  files: Record<string, Uint8Array | string>,
): Promise<void> {
  await mkdir(join(folder, name), { recursive: true })
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, name, file), content)
}

export const colourManifest: Omit<z.input<typeof Manifest>, 'name' | 'sha256'> = {
  version: '1.2.0',
  licence: 'CC-BY-4.0',
  intendedUse: 'Tells which colour a picture has most of.',
  limits: 'Knows nothing of what is in the picture.',
  input: { width: side, height: side, layout: 'NCHW' },
  labels: ['red', 'green', 'blue'],
  activation: 'softmax',
}

type Parts = { nodes: Node[]; dims?: number[]; labels?: number; constants?: Initializer[] }

function network({ nodes, dims = [1, 3, side, side], labels = 3, constants = [] }: Parts): Uint8Array {
  const graph: Graph = {
    name: 'tiny',
    doc: '',
    inputs: [{ name: 'picture', dims }],
    outputs: [{ name: 'scores', dims: [1, labels] }],
    initializers: constants,
    nodes,
  }
  return encodeOnnx(graph)
}

function node(op: string, inputs: string[], output: string, attributes: Node['attributes'] = []): Node {
  return { op, inputs, outputs: [output], attributes }
}

function floats(name: string, values: number[]): Initializer {
  return {
    name,
    type: 'float32',
    dims: [values.length],
    raw: new Uint8Array(Float32Array.from(values).buffer),
  }
}

function ints(name: string, values: number[]): Initializer {
  const raw = new Uint8Array(BigInt64Array.from(values, (value) => BigInt(value)).buffer)
  return { name, type: 'int64', dims: [values.length], raw }
}
