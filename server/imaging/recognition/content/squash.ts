import type { Planes } from '../planes.ts'

/**
 * The picture as a square, its sides drawn to the same length: each new sample is the mean of what it covers, parts of
 * samples counted as parts. So the networks were taught; something small at the edge still counts.
 */
export function squash({ planes, width, height }: Planes, edge: number): Planes {
  const squashed = planes.map((plane) => {
    const rows = new Float64Array(edge * height)
    along(plane, rows, { lines: height, lineStep: width, length: width, step: 1 }, edge)
    const square = new Float64Array(edge * edge)
    along(rows, square, { lines: edge, lineStep: 1, length: height, step: edge }, edge)
    return Uint8Array.from(square, (value) => Math.floor(value + 0.5))
  })
  return { planes: squashed, width: edge, height: edge }
}

type Walk = { lines: number; lineStep: number; length: number; step: number }

/** Makes each line of samples `edge` long; a line goes from `step` to `step`, and so does what comes out. */
function along(
  from: Uint8Array | Float64Array,
  to: Float64Array,
  { lines, lineStep, length, step }: Walk,
  edge: number,
): void {
  const size = length / edge
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep
    const target = step === 1 ? line * edge : line
    for (let at = 0; at < edge; at++) {
      const [begin, end] = [at * size, (at + 1) * size]
      let sum = 0
      for (let i = Math.floor(begin); i < end && i < length; i++)
        sum += (Math.min(end, i + 1) - Math.max(begin, i)) * from[start + i * step]!
      to[target + at * step] = sum / size
    }
  }
}
