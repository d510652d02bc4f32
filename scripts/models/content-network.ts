import { runInNewContext } from 'node:vm'
import { GraphBuilder, toChannelsOneHeightWidth, toOutInHeightWidth } from './graph.ts'
import { encodeOnnx } from './onnx.ts'
import { filesOf } from './package-files.ts'
import { numbersOf, readManifest, weightsNamed, type ManifestEntry, type Quantised } from './quantised.ts'

export const contentPackage = {
  name: 'nsfwjs',
  version: '4.4.0',
  integrity:
    'sha512-krC1fgeTLXtZwgdpKJ0jm7hqv0gTSRQQRL+FhOaxaJ9Wj92t42BO3csO2odwgTAgZgf2RvkwPtp0R8Aa7dc+MA==',
}

/** A layer as Keras writes it; the parts that this network uses. */
type Layer = {
  name: string
  class_name: string
  config: {
    strides?: [number, number]
    padding?: 'same' | 'valid' | [[number, number], [number, number]]
    kernel_size?: [number, number]
    pool_size?: [number, number]
    epsilon?: number
    max_value?: number
    activation?: string
    use_bias?: boolean
  }
  inbound_nodes: [[string, ...unknown[]][]] | []
}
type KerasModel = {
  modelTopology: { model_config: { config: { layers: Layer[] } } }
  weightsManifest: [{ weights: ManifestEntry[] }]
}

/**
 * MobileNetV2 as nsfwjs ships it, with two ends: five probabilities, and the 1280 numbers from which they are told, the mean
 * of the last activations. The normalisation behind each convolution is worked into its weights.
 */
export async function makeContentNetwork(): Promise<Uint8Array> {
  const folder = 'dist/models/mobilenet_v2'
  const [topology, shard] = await filesOf(contentPackage, [
    `${folder}/model.min.js`,
    `${folder}/group1-shard1of1.min.js`,
  ])
  const model = exportedBy(topology!) as KerasModel
  const file = Buffer.from(exportedBy(shard!) as string, 'base64')
  const weights = readManifest(model.weightsManifest[0].weights, file)
  const builder = new GraphBuilder()
  addLayers(builder, model.modelTopology.model_config.config.layers, weights)
  return encodeOnnx(
    builder.graph(
      'content',
      'Made by scripts/models from nsfwjs 4.4.0, mobilenet_v2 (MIT). pixels: red, green, blue planes, 0..255.',
      [{ name: 'pixels', dims: ['pictures', 3, 224, 224] }],
      [
        { name: 'embedding', dims: ['pictures', 1280] },
        { name: 'probabilities', dims: ['pictures', 5] },
      ],
    ),
  )
}

/** What a CommonJS file exports. It is data, pinned by the package's hash; it gets nothing to reach for. */
function exportedBy(source: Buffer): unknown {
  const module: { exports: unknown } = { exports: {} }
  runInNewContext(source.toString(), { module, exports: module.exports })
  return module.exports
}

function addLayers(builder: GraphBuilder, layers: Layer[], weights: Map<string, Quantised>): void {
  /** The results of layers by their names. */
  const results = new Map<string, string>()
  /** Layers that have no node of their own, because the next convolution takes them in. */
  const padded = new Map<string, number[]>()
  const normalised = new Map<string, Layer>()
  const inputOf = (layer: Layer, at = 0) => layer.inbound_nodes[0]?.[at]?.[0] ?? ''
  const result = (name: string) => {
    const found = results.get(name)
    if (found === undefined) throw new Error(`layer ${name} comes too late`)
    return found
  }
  for (const layer of layers)
    if (layer.class_name === 'BatchNormalization') normalised.set(inputOf(layer), layer)

  for (const layer of layers) {
    const { name, class_name: kind, config } = layer
    const from = inputOf(layer)
    switch (kind) {
      case 'InputLayer':
        results.set(name, builder.add('Mul', ['pixels', builder.floats([1 / 255], [])]))
        break
      case 'ZeroPadding2D': {
        const [[top, bottom], [left, right]] = config.padding as [[number, number], [number, number]]
        padded.set(name, [top, left, bottom, right])
        results.set(name, result(from))
        break
      }
      case 'Conv2D':
      case 'DepthwiseConv2D': {
        const norm = normalised.get(name)
        if (!norm || config.use_bias) throw new Error(`${name} is not a convolution of the expected kind`)
        const line = lineOf(norm, weights)
        const deep = kind === 'DepthwiseConv2D'
        const kernel = weightsNamed(weights, `${name}/${deep ? 'depthwise_kernel' : 'kernel'}`)
        const order = deep ? toChannelsOneHeightWidth : toOutInHeightWidth
        const inputs = [
          result(from),
          builder.weights(kernel, order, line),
          builder.floats(line.offset, [line.offset.length]),
        ]
        const attributes = [
          { name: 'strides', ints: config.strides! },
          { name: 'pads', ints: padded.get(from) ?? paddingOf(layer) },
          { name: 'group', int: deep ? line.gain.length : 1 },
        ]
        results.set(norm.name, builder.add('Conv', inputs, attributes))
        break
      }
      case 'BatchNormalization':
        break
      case 'ReLU': {
        const limits = [builder.floats([0], []), builder.floats([config.max_value!], [])]
        results.set(name, builder.add('Clip', [result(from), ...limits]))
        break
      }
      case 'Add':
        results.set(name, builder.add('Add', [result(from), result(inputOf(layer, 1))]))
        break
      case 'AveragePooling2D':
        // Its window is the whole of what is left.
        results.set(name, builder.add('GlobalAveragePool', [result(from)]))
        break
      case 'Flatten':
        results.set(name, builder.add('Flatten', [result(from)], [{ name: 'axis', int: 1 }], 'embedding'))
        break
      case 'Dropout':
        results.set(name, result(from))
        break
      case 'Dense':
        results.set(name, dense(builder, layer, result(from), weights))
        break
      default:
        throw new Error(`layer ${name} is of an unknown kind, ${kind}`)
    }
  }
}

/** What a normalisation does in the end: (x - mean) / deviation * gamma + beta. */
function lineOf({ name, config }: Layer, weights: Map<string, Quantised>) {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((part) =>
    numbersOf(weightsNamed(weights, `${name}/${part}`)),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array]
  const gain = gamma.map((value, channel) => value / Math.sqrt(variance[channel]! + config.epsilon!))
  return { gain, offset: beta.map((value, channel) => value - mean[channel]! * gain[channel]!) }
}

/** Half of the kernel on each side; only kernels of an odd size that move by one are padded so. */
function paddingOf({ name, config }: Layer): number[] {
  const [height, width] = config.kernel_size!
  if (config.padding === 'valid' || (height === 1 && width === 1)) return [0, 0, 0, 0]
  if (config.strides![0] !== 1 || height !== width || height % 2 === 0)
    throw new Error(`${name} is padded otherwise`)
  return Array<number>(4).fill((height - 1) / 2)
}

function dense(
  builder: GraphBuilder,
  { name, config }: Layer,
  input: string,
  weights: Map<string, Quantised>,
): string {
  const bias = numbersOf(weightsNamed(weights, `${name}/bias`))
  const kernel = builder.weights(weightsNamed(weights, `${name}/kernel`), [0, 1])
  const sum = builder.add('Add', [
    builder.add('MatMul', [input, kernel]),
    builder.floats(bias, [bias.length]),
  ])
  if (config.activation === 'relu') return builder.add('Relu', [sum])
  if (config.activation !== 'softmax') throw new Error(`${name} is activated otherwise`)
  return builder.add('Softmax', [sum], [{ name: 'axis', int: 1 }], 'probabilities')
}
