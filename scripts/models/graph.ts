import type { Attribute, Graph, Initializer, Node, Port } from './onnx.ts'
import { codesInOrder, type Quantised } from './quantised.ts'

/** A straight line: gain * value + offset for each output channel. */
type Line = { gain: Float64Array; offset: Float64Array }

/** Puts a network together, a layer a call; each gives the name of its result. Planes come first (NCHW). */
export class GraphBuilder {
  readonly #nodes: Node[] = []
  readonly #initializers: Initializer[] = []

  add(op: string, inputs: string[], attributes: Attribute[] = [], name = `r${this.#nodes.length}`): string {
    this.#nodes.push({ op, inputs, outputs: [name], attributes })
    return name
  }

  floats(values: ArrayLike<number>, dims: number[]): string {
    const raw = new Uint8Array(Float32Array.from(values).buffer)
    return this.#constant({ type: 'float32', dims, raw })
  }

  /**
   * Weights that stay one byte each in the file: codes become numbers when the network is opened, once, because they
   * depend on nothing that comes later. `line` is the normalisation behind the layer, which changes them by channel.
   */
  weights(weights: Quantised, order: number[], line?: Line): string {
    const codes = codesInOrder(weights, order)
    const name = this.#constant({
      type: 'uint8',
      dims: order.map((axis) => weights.shape[axis]!),
      raw: codes,
    })
    const numbers = this.add('Cast', [name], [{ name: 'to', int: 1 }])
    const shape = line ? [line.gain.length, ...order.slice(1).map(() => 1)] : []
    const gains = line?.gain ?? [1]
    const scaled = this.add('Mul', [
      numbers,
      this.floats(
        Array.from(gains, (gain) => gain * weights.scale),
        shape,
      ),
    ])
    return this.add('Add', [
      scaled,
      this.floats(
        Array.from(gains, (gain) => gain * weights.min),
        shape,
      ),
    ])
  }

  graph(name: string, doc: string, inputs: Port[], outputs: Port[]): Graph {
    return { name, doc, inputs, outputs, nodes: this.#nodes, initializers: this.#initializers }
  }

  #constant(initializer: Omit<Initializer, 'name'>): string {
    const name = `c${this.#initializers.length}`
    this.#initializers.push({ name, ...initializer })
    return name
  }
}

/** `filters` are kept as TensorFlow has them, [height, width, in, out]. */
export const toOutInHeightWidth = [3, 2, 0, 1]
/** One filter for each channel, [height, width, channels, 1]. */
export const toChannelsOneHeightWidth = [2, 3, 0, 1]
