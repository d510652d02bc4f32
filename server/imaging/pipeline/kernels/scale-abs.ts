import { saturate } from './rounding.ts'
import { fastTable } from './simd/samples.ts'

/**
 * The 256 answers of OpenCV's convertScaleAbs on 8-bit samples: saturate(|alpha * x + beta|), with one rounding to
 * float32 after the fused multiply-add, halves to even.
 */
export function scaleAbsTable(alpha: number, beta: number): Uint8Array {
  const a = Math.fround(alpha)
  const b = Math.fround(beta)
  return Uint8Array.from({ length: 256 }, (_, x) => saturate(Math.abs(Math.fround(a * x + b))))
}

/** Replaces every sample by its answer in the table, in place, or puts the answers into `out`. */
export function applyTable(samples: Uint8Array, table: Uint8Array, out = samples): void {
  if (fastTable(samples, table, out)) return
  for (let i = 0; i < samples.length; i++) out[i] = table[samples[i]!]!
}
