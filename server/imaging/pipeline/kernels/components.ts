export type ComponentsOptions = {
  /** Whether pixels that touch by a corner belong together (8) or not (4). */
  neighbours: 4 | 8
}

export type Component = {
  /** In pixels. */
  area: number
  left: number
  top: number
  width: number
  height: number
  /** Mean place of its pixels, pixel middles at whole numbers. */
  centre: { x: number; y: number }
}

export type Components = {
  /** For each pixel 0 (background) or 1 + the index of its component. */
  labels: Int32Array
  components: Component[]
}

/**
 * The connected parts of an 8-bit mask; every sample but 0 belongs to one. Labels, areas, boxes and centres equal those
 * of OpenCV's connectedComponentsWithStats(mask, neighbours), whose row 0, the background, is left out; the order too:
 * by the first pixel in reading order for 4, by the first 2x2 block in reading order for 8. (K. Wu, E. Otoo, K. Suzuki,
 * "Optimizing two-pass connected-component labeling algorithms", Pattern Analysis and Applications 12, 2009; here on
 * runs.)
 */
export function connectedComponents(
  mask: Uint8Array,
  width: number,
  height: number,
  { neighbours }: ComponentsOptions,
): Components {
  const runs = findRuns(mask, width, height)
  const roots = joinRuns(runs, height, neighbours === 8 ? 1 : 0)
  return label(runs, roots, { width, height, order: neighbours === 8 ? blockOf : pixelOf })
}

/** Half-open: columns start..end-1 of a row; those of row y are begins[y]..begins[y + 1] - 1. */
type Runs = { begins: Int32Array; start: Int32Array; end: Int32Array }

function findRuns(mask: Uint8Array, width: number, height: number): Runs {
  const most = height * ((width + 1) >> 1)
  const begins = new Int32Array(height + 1)
  const start = new Int32Array(most)
  const end = new Int32Array(most)
  let count = 0
  for (let y = 0; y < height; y++) {
    begins[y] = count
    const line = y * width
    for (let x = 0; x < width; x++) {
      if (mask[line + x] === 0) continue
      start[count] = x
      while (x < width && mask[line + x] !== 0) x++
      end[count++] = x
    }
  }
  begins[height] = count
  return { begins, start, end }
}

/** For each run the first run of its component. `corner` is how far apart runs of two rows may be and still touch. */
function joinRuns({ begins, start, end }: Runs, height: number, corner: 0 | 1): Int32Array {
  const roots = Int32Array.from({ length: begins[height]! }, (_, i) => i)
  for (let y = 1; y < height; y++) {
    let above = begins[y - 1]!
    for (let run = begins[y]!; run < begins[y + 1]!; run++) {
      while (above < begins[y]! && end[above]! + corner <= start[run]!) above++
      for (let other = above; other < begins[y]! && start[other]! < end[run]! + corner; other++) {
        join(roots, run, other)
      }
    }
  }
  // A parent comes before its children, so one pass points all runs to their roots.
  for (let run = 0; run < roots.length; run++) roots[run] = roots[roots[run]!]!
  return roots
}

function join(roots: Int32Array, a: number, b: number): void {
  const first = rootOf(roots, a)
  const second = rootOf(roots, b)
  if (first < second) roots[second] = first
  else roots[first] = second
}

function rootOf(roots: Int32Array, run: number): number {
  while (roots[run] !== run) {
    roots[run] = roots[roots[run]!]!
    run = roots[run]!
  }
  return run
}

/** Where a place comes in the order of labels. */
type Order = (x: number, y: number, width: number) => number

const pixelOf: Order = (x, y, width) => y * width + x
const blockOf: Order = (x, y, width) => (y >> 1) * ((width + 1) >> 1) + (x >> 1)

function label(
  { begins, start, end }: Runs,
  roots: Int32Array,
  { width, height, order }: { width: number; height: number; order: Order },
): Components {
  const parts = new Map<number, Part>()
  for (let y = 0; y < height; y++) {
    for (let run = begins[y]!; run < begins[y + 1]!; run++) {
      const place = order(start[run]!, y, width)
      let part = parts.get(roots[run]!)
      if (!part) parts.set(roots[run]!, (part = emptyPart(y, place)))
      part.place = Math.min(part.place, place)
      addRun(part, start[run]!, end[run]!, y)
    }
  }
  const sorted = [...parts.values()].sort((a, b) => a.place - b.place)
  for (const [i, part] of sorted.entries()) part.label = i + 1
  const labels = new Int32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let run = begins[y]!; run < begins[y + 1]!; run++) {
      labels.fill(parts.get(roots[run]!)!.label, y * width + start[run]!, y * width + end[run]!)
    }
  }
  return { labels, components: sorted.map(present) }
}

type Part = {
  place: number
  label: number
  area: number
  left: number
  right: number
  top: number
  bottom: number
  sumX: number
  sumY: number
}

function emptyPart(top: number, place: number): Part {
  return { place, label: 0, area: 0, left: Infinity, right: 0, top, bottom: top, sumX: 0, sumY: 0 }
}

function addRun(part: Part, start: number, end: number, y: number): void {
  const length = end - start
  part.area += length
  part.left = Math.min(part.left, start)
  part.right = Math.max(part.right, end)
  part.bottom = y + 1
  part.sumX += ((start + end - 1) * length) / 2
  part.sumY += y * length
}

function present({ area, left, right, top, bottom, sumX, sumY }: Part): Component {
  return {
    area,
    left,
    top,
    width: right - left,
    height: bottom - top,
    centre: { x: sumX / area, y: sumY / area },
  }
}
