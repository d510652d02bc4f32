/**
 * The outer outlines of the parts of an 8-bit mask (every sample but 0 belongs to one; pixels that touch by a corner
 * belong together), parts inside another's hole left out. Each is a closed walk over border pixels, x and y in turn,
 * anti-clockwise on the screen from the first pixel in reading order; a pixel may be passed twice where a part is one
 * pixel thin. The lowest part comes first. Equal to OpenCV's findContours(mask, RETR_EXTERNAL, CHAIN_APPROX_NONE).
 * (S. Suzuki, K. Abe, "Topological structural analysis of digitized binary images by border following", CVGIP 30, 1985.)
 */
export function outlines(mask: Uint8Array, width: number, height: number): Int32Array[] {
  const stride = width + 2
  const marks = new Uint8Array(stride * (height + 2))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (mask[y * width + x] !== 0) marks[(y + 1) * stride + x + 1] = inside
  }
  const found: Int32Array[] = []
  for (let y = 1; y <= height; y++) {
    // What the last border met in this row says: after its left side we are within a part.
    let lastBorder: number = outside
    let before: number = outside
    for (let x = 1; x <= width; x++) {
      const at = y * stride + x
      if (before === outside && marks[at] === inside && lastBorder !== border) {
        found.push(follow(marks, stride, at))
      }
      before = marks[at]!
      if (before > inside) lastBorder = before
    }
  }
  return found.reverse()
}

const outside = 0
const inside = 1
const border = 2
/** A border pixel with the outside on its right. */
const rightBorder = 3

/** Follows the outer border that begins at the first pixel of a part and marks it. */
function follow(marks: Uint8Array, stride: number, first: number): Int32Array {
  // Anti-clockwise on the screen, from the right.
  const steps = [1, 1 - stride, -stride, -1 - stride, -1, stride - 1, stride, stride + 1]
  const walk: number[] = []
  const add = (at: number) => walk.push((at % stride) - 1, Math.floor(at / stride) - 1)
  const last = neighbourBefore(marks, first, steps)
  if (last === undefined) {
    marks[first] = rightBorder
    add(first)
    return Int32Array.from(walk)
  }
  let at = first
  let cameFrom = last
  for (;;) {
    let direction = cameFrom
    do direction++
    while (marks[at + steps[direction & 7]!] === outside)
    direction &= 7
    // The right neighbour was among those seen empty.
    if (direction > 0 && direction <= cameFrom) marks[at] = rightBorder
    else if (marks[at] === inside) marks[at] = border
    add(at)
    const next = at + steps[direction]!
    if (next === first && at === first + steps[last]!) return Int32Array.from(walk)
    at = next
    cameFrom = (direction + 4) & 7
  }
}

/** The direction of the last pixel of the walk, which ends where it began; undefined for a lone pixel. */
function neighbourBefore(marks: Uint8Array, first: number, steps: number[]): number | undefined {
  for (let direction = 3; direction >= -3; direction--) {
    if (marks[first + steps[direction & 7]!] !== outside) return direction & 7
  }
  return undefined
}
