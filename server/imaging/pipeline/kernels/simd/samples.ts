import { simd, type Simd } from './instance.ts'
import { sampleStrips } from './strips.ts'

// Below this the table of pairs is not worth making.
const fewSamples = 100_000
const countsBytes = 4 * 1024

/** Puts the answer of every sample among 256 into `out`, which may be the samples; false where there are no fast kernels. */
export function fastTable(samples: Uint8Array, table: Uint8Array, out: Uint8Array): boolean {
  const fast = simd()
  if (!fast) return false
  const few = samples.length < fewSamples
  sampleStrips(fast, samples, out, [256, few ? 0 : 131_072], ([single = 0, pairs = 0]) => {
    fast.bytes.set(table, single)
    if (few) return (at, count) => fast.run.lookUp(at, count, single)
    fast.run.pairTable(single, pairs)
    return (at, count) => fast.run.lookUpPairs(at, count, pairs)
  })
  return true
}

/** How often each of the 256 levels occurs; null where there are no fast kernels. */
export function fastHistogram(samples: Uint8Array): Int32Array | null {
  const fast = simd()
  if (!fast) return null
  const levels = new Int32Array(256)
  const most = Math.min(samples.length, 128 * 1024)
  const [counts = 0, at = 0] = fast.place(countsBytes, most)
  for (let first = 0; first < samples.length; first += most) {
    const strip = samples.subarray(first, first + most)
    fast.bytes.set(strip, at)
    fast.run.histogram(at, strip.length, strip.length, 1, counts)
    addCounts(fast, counts, levels)
  }
  return levels
}

function addCounts({ bytes }: Simd, counts: number, levels: Int32Array): void {
  const found = new Int32Array(bytes.buffer, counts, 256)
  for (let level = 0; level < 256; level++) levels[level]! += found[level]!
}
