import type { Corners } from '../../pipeline/kernels/marker/point.ts'
import { isSamePlace } from './quad.ts'
import type { DisplayNumber } from './segments/read-display.ts'

/** A line as something read it; corners in pixels of the picture. */
export type Line = { text: string; confidence: number; corners: Corners }

/**
 * What the network read and what the bars of displays show, each place once. The network knows type better and is often
 * sure of a wrong digit on a display, so a display's bars have the last word, but for a point that only the network saw
 * and for lines with more in them than the number.
 */
export function settle(lines: readonly Line[], displays: readonly DisplayNumber[]): Line[] {
  const replaced = new Set<Line>()
  const kept: Line[] = []
  for (const { text, clarity, corners } of displays) {
    const same = lines.filter((line) => isSamePlace(line.corners, corners))
    const agreeing = same.find((line) => saysMore(line.text, text))
    if (agreeing) continue
    for (const line of same) replaced.add(line)
    kept.push({ text, confidence: clarity, corners })
  }
  return [...lines.filter((line) => !replaced.has(line)), ...kept]
}

/** Whether the network's line has the number and a word or unit, or the same digits with a point. */
function saysMore(read: string, shown: string): boolean {
  const close = read.replaceAll(/\s/g, '')
  if (/[\p{L}%°/]/u.test(close) && close.split(/[^\d.:]+/).includes(shown)) return true
  const isPointed = /^\d+\.\d+$/.test(close) && !shown.includes('.')
  return isPointed && close.replace('.', '') === shown
}
