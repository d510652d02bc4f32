import type { Manifest } from './manifest.ts'

/** What the network's numbers mean, by the manifest's word. */
export function activated(numbers: Float32Array, activation: Manifest['activation']): number[] {
  switch (activation) {
    case 'none':
      return [...numbers]
    case 'sigmoid':
      return Array.from(numbers, (number) => 1 / (1 + Math.exp(-number)))
    case 'softmax': {
      // Less the largest one: nothing overflows, and the shares are the same.
      const largest = numbers.reduce((most, number) => Math.max(most, number), -Infinity)
      const powers = Array.from(numbers, (number) => Math.exp(number - largest))
      const sum = powers.reduce((total, power) => total + power, 0)
      return powers.map((power) => power / sum)
    }
  }
}
