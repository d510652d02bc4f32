import type { Head } from '../models/head.ts'

export type Example = { features: readonly number[]; class: number }

const rounds = 120
const stepSize = 0.03

/**
 * Multinomial logistic regression on standardised features with a penalty on large weights, each class counting the same
 * however many examples it has; Adam (Kingma and Ba, 2015) on all examples at once, so there is no chance in it. The
 * standardisation is worked into the weights.
 */
export function teach(examples: readonly Example[], classes: number, penalty: number): Head {
  const features = examples[0]!.features.length
  const { means, scales } = spread(examples, features)
  const rows = examples.map(({ features: values }) =>
    Float64Array.from(values, (value, at) => (value - means[at]!) * scales[at]!),
  )
  const counts = new Float64Array(classes)
  for (const example of examples) counts[example.class]!++
  const size = (features + 1) * classes
  const [weights, first, second] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  for (let round = 1; round <= rounds; round++) {
    const slope = new Float64Array(size)
    rows.forEach((row, at) => {
      const expected = examples[at]!.class
      const share = 1 / (classes * counts[expected]!)
      probabilities(row, weights, classes).forEach((probability, of) => {
        const error = (probability - (of === expected ? 1 : 0)) * share
        for (let f = 0, w = of; f < features; f++, w += classes) slope[w]! += error * row[f]!
        slope[features * classes + of]! += error
      })
    })
    for (let w = 0; w < size; w++) {
      const gradient = slope[w]! + (w < features * classes ? penalty * weights[w]! : 0)
      first[w] = 0.9 * first[w]! + 0.1 * gradient
      second[w] = 0.999 * second[w]! + 0.001 * gradient * gradient
      const move = first[w]! / (1 - 0.9 ** round) / (Math.sqrt(second[w]! / (1 - 0.999 ** round)) + 1e-8)
      weights[w]! -= stepSize * move
    }
  }
  return unstandardised(weights, means, scales, classes)
}

/** How likely each class is to the head. */
export function judge({ weights, bias, classes }: Head, features: readonly number[]): number[] {
  return [...probabilities(Float64Array.from(features), Float64Array.of(...weights, ...bias), classes)]
}

/** `weights` end with a row for the constant. */
function probabilities(row: Float64Array, weights: Float64Array, classes: number): Float64Array {
  const sums = weights.slice(row.length * classes)
  for (let f = 0, w = 0; f < row.length; f++) {
    const value = row[f]!
    for (let of = 0; of < classes; of++, w++) sums[of]! += value * weights[w]!
  }
  const most = Math.max(...sums)
  const shares = sums.map((sum) => Math.exp(sum - most))
  const total = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => share / total)
}

function spread(examples: readonly Example[], features: number) {
  const [means, scales] = [new Float64Array(features), new Float64Array(features)]
  for (const { features: values } of examples)
    values.forEach((value, at) => (means[at]! += value / examples.length))
  for (const { features: values } of examples)
    values.forEach((value, at) => (scales[at]! += (value - means[at]!) ** 2 / examples.length))
  // What hardly varies must not become loud in a picture of another kind.
  return { means, scales: scales.map((variance) => 1 / Math.max(Math.sqrt(variance), 0.05)) }
}

function unstandardised(all: Float64Array, means: Float64Array, scales: Float64Array, classes: number): Head {
  const features = means.length
  const weights = all.slice(0, features * classes)
  const bias = all.slice(features * classes)
  for (let f = 0, w = 0; f < features; f++) {
    for (let of = 0; of < classes; of++, w++) {
      weights[w]! *= scales[f]!
      bias[of]! -= weights[w]! * means[f]!
    }
  }
  return { features, classes, weights, bias }
}
