import { GraphBuilder } from './graph.ts'
import { encodeOnnx } from './onnx.ts'

/** A multinomial logistic regression: `weights` has a row for each feature, a column for each class. */
export type Head = { features: number; classes: number; weights: Float64Array; bias: Float64Array }

/** The head as a network of three operators. */
export function encodeHead({ features, classes, weights, bias }: Head): Uint8Array {
  const builder = new GraphBuilder()
  const product = builder.add('MatMul', ['features', builder.floats(weights, [features, classes])])
  const sum = builder.add('Add', [product, builder.floats(bias, [classes])])
  builder.add('Softmax', [sum], [{ name: 'axis', int: 1 }], 'probabilities')
  return encodeOnnx(
    builder.graph(
      'picture-type',
      'Taught by scripts/picture-type.ts with drawn pictures. features: the embedding of content.onnx, colours, edges.',
      [{ name: 'features', dims: ['pictures', features] }],
      [{ name: 'probabilities', dims: ['pictures', classes] }],
    ),
  )
}
