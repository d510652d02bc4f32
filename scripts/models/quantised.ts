/** Weights as TensorFlow.js keeps them small: number = code * scale + min, in row order. */
export type Quantised = { shape: number[]; codes: Uint8Array; scale: number; min: number }

export type ManifestEntry = {
  name: string
  shape: number[]
  dtype: string
  quantization: { dtype: string; scale: number; min: number }
}

/** Cuts the one file that holds all weights into its tensors. @throws Error when it is not what the manifest says. */
export function readManifest(entries: ManifestEntry[], file: Uint8Array): Map<string, Quantised> {
  const weights = new Map<string, Quantised>()
  let at = 0
  for (const { name, shape, dtype, quantization } of entries) {
    if (dtype !== 'float32' || quantization.dtype !== 'uint8')
      throw new Error(`${name} is not of uint8 codes`)
    const size = shape.reduce((product, side) => product * side, 1)
    weights.set(name, {
      shape,
      codes: file.subarray(at, at + size),
      scale: quantization.scale,
      min: quantization.min,
    })
    at += size
  }
  if (at !== file.length)
    throw new Error(`the weights have ${file.length} bytes, their manifest tells of ${at}`)
  return weights
}

export function weightsNamed(weights: Map<string, Quantised>, name: string): Quantised {
  const found = weights.get(name)
  if (!found) throw new Error(`there are no weights ${name}`)
  return found
}

export function numbersOf({ codes, scale, min }: Quantised): Float64Array {
  return Float64Array.from(codes, (code) => code * scale + min)
}

/** The codes of a tensor whose axes are put into another order: axis `order[0]` of the old one comes first. */
export function codesInOrder({ shape, codes }: Quantised, order: number[]): Uint8Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1))
  let from = [0]
  for (const axis of order) {
    const steps = Array.from({ length: shape[axis]! }, (_, at) => at * strides[axis]!)
    from = from.flatMap((start) => steps.map((step) => start + step))
  }
  return Uint8Array.from(from, (at) => codes[at]!)
}
