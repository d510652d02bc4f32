/** Which of the segments a..g (upper, then clockwise, middle last) each character lights. */
const lit: Record<string, string> = {
  '0': 'abcdef',
  '1': 'bc',
  '2': 'abdeg',
  '3': 'abcdg',
  '4': 'bcfg',
  '5': 'acdfg',
  '6': 'acdefg',
  '7': 'abc',
  '8': 'abcdefg',
  '9': 'abcdfg',
  '-': 'g',
}

/** What makes of displays differ in. */
export type Make = {
  /** Of the digits' height. */
  stroke: number
  /** Between bars, of the stroke. */
  gap: number
  /** Whether 6 and 9 have their outer bar, and 7 has none on its left. */
  usual: boolean
}

const rare: Record<string, string> = { '6': 'cdefg', '7': 'abcf', '9': 'abcfg' }

/** The lit and the unlit parts of a row of digits, as SVG paths; the baseline begins at 0, 0. */
export function segmentPaths(text: string, size: number, make: Make): { on: string; off: string } {
  const width = size * 0.52
  const stroke = size * make.stroke
  const advance = size * 0.74
  let x = 0
  let on = ''
  let off = ''
  for (const character of text) {
    if (character === '.') {
      const side = stroke * 1.1
      on += box(x - advance + width + size * 0.06, -side, side, side)
      continue
    }
    if (character === ':') {
      on += box(x, -size * 0.7, stroke, stroke) + box(x, -size * 0.3, stroke, stroke)
      x += stroke * 2.4
      continue
    }
    const wanted = (make.usual ? undefined : rare[character]) ?? lit[character]
    if (wanted === undefined) throw new Error(`a display cannot show "${character}"`)
    for (const [name, path] of Object.entries(shapes(x, { width, size, stroke, gap: stroke * make.gap }))) {
      if (wanted.includes(name)) on += path
      else off += path
    }
    x += advance
  }
  return { on, off }
}

type Measures = { width: number; size: number; stroke: number; gap: number }

/** The bars of one digit, each a hexagon. */
function shapes(x: number, { width, size, stroke, gap }: Measures): Record<string, string> {
  const half = stroke / 2
  const middle = -size / 2
  const left = x + half
  const right = x + width - half
  const top = -size + half
  const bar = (x0: number, y0: number, x1: number, y1: number) => hexagon({ x0, y0, x1, y1 }, half, gap)
  return {
    a: bar(left, top, right, top),
    b: bar(right, top, right, middle),
    c: bar(right, middle, right, -half),
    d: bar(left, -half, right, -half),
    e: bar(left, middle, left, -half),
    f: bar(left, top, left, middle),
    g: bar(left, middle, right, middle),
  }
}

function hexagon(
  { x0, y0, x1, y1 }: { x0: number; y0: number; x1: number; y1: number },
  half: number,
  gap: number,
) {
  if (y0 === y1) {
    const [from, to] = [x0 + gap, x1 - gap]
    return `M${from} ${y0}L${from + half} ${y0 - half}L${to - half} ${y0 - half}L${to} ${y0}L${to - half} ${y0 + half}L${from + half} ${y0 + half}Z`
  }
  const [from, to] = [y0 + gap, y1 - gap]
  return `M${x0} ${from}L${x0 + half} ${from + half}L${x0 + half} ${to - half}L${x0} ${to}L${x0 - half} ${to - half}L${x0 - half} ${from + half}Z`
}

function box(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}Z`
}
