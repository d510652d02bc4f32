import { homographyOf, project } from '#kernels/marker/homography.ts'
import type { Corners, Point } from '#kernels/marker/point.ts'
import type { Drawn, Region } from './sheet.ts'

/** How a sheet was photographed. Shares and levels; 0 leaves a fault out. */
export type View = {
  width: number
  height: number
  /** Share of the picture's width or height that the sheet fills. */
  fill: number
  /** Turned clockwise, in degrees. */
  turn: number
  /** How much the far corners shrink. */
  tilt: number
  /** Sigma in pixels of what is out of focus or moved. */
  blur: number
  /** Sigma in levels. */
  noise: number
  /** How much darker one side of the picture is. */
  shade: number
  /** How bright a reflection lies over the sheet. */
  glare: number
}

/** Numbers 0..1 that are the same on each machine. */
export type Chance = () => number

export type Photograph = {
  rgb: Uint8Array
  width: number
  height: number
  place: (region: Region) => Corners
}

/** A picture of the sheet on a table, seen as `view` says. */
export function photograph(sheet: Drawn, view: View, chance: Chance): Photograph {
  const { width, height } = view
  const corners = placed(sheet, view, chance)
  const there = homographyOf(
    rectangle({ left: 0, top: 0, width: sheet.width, height: sheet.height }),
    corners,
  )
  const back = homographyOf(corners, rectangle({ left: 0, top: 0, width: sheet.width, height: sheet.height }))
  const light = table(width, height, chance)
  const offsets = [-0.33, 0, 0.33]
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      let [r, g, b] = [0, 0, 0]
      for (const dy of offsets) {
        for (const dx of offsets) {
          const from = project(back, { x: x + dx, y: y + dy })
          const spot = from && inside(from, sheet) ? sampleAt(sheet, from) : null
          r += spot ? spot[0] : light[at]!
          g += spot ? spot[1] : light[at + 1]!
          b += spot ? spot[2] : light[at + 2]!
        }
      }
      light[at] = r / 9
      light[at + 1] = g / 9
      light[at + 2] = b / 9
    }
  }
  shine(light, view, corners, chance)
  const seen = blurred(light, width, height, view.blur)
  return { rgb: noisy(seen, view.noise, chance), width, height, place: (region) => moved(region, there) }
}

function placed(sheet: Drawn, view: View, chance: Chance): Corners {
  const { width, height, fill, turn, tilt } = view
  const angle = (turn * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const wide = Math.abs(cos) * sheet.width + Math.abs(sin) * sheet.height
  const high = Math.abs(sin) * sheet.width + Math.abs(cos) * sheet.height
  const scale = fill * Math.min(width / wide, height / high)
  const middle = { x: width * (0.48 + 0.04 * chance()), y: height * (0.48 + 0.04 * chance()) }
  const lean = { x: tilt * (2 * chance() - 1), y: tilt * (2 * chance() - 1) }
  const corner = ({ x, y }: Point): Point => {
    const [u, v] = [x / sheet.width - 0.5, y / sheet.height - 0.5]
    const depth = scale / (1 + lean.x * u + lean.y * v)
    const [dx, dy] = [u * sheet.width * depth, v * sheet.height * depth]
    return { x: middle.x + cos * dx - sin * dy, y: middle.y + sin * dx + cos * dy }
  }
  const [a, b, c, d] = rectangle({ left: 0, top: 0, width: sheet.width, height: sheet.height })
  return [corner(a), corner(b), corner(c), corner(d)]
}

function rectangle({ left, top, width, height }: Region): Corners {
  const [right, bottom] = [left + width - 1, top + height - 1]
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ]
}

function moved(region: Region, there: Float64Array): Corners {
  const [a, b, c, d] = rectangle(region).map((corner) => {
    const point = project(there, corner)
    if (!point) throw new Error('a line lies beyond the horizon')
    return point
  })
  return [a!, b!, c!, d!]
}

function inside({ x, y }: Point, { width, height }: Drawn): boolean {
  return x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1
}

function sampleAt({ rgb, width, height }: Drawn, { x, y }: Point): [number, number, number] {
  const left = Math.min(width - 2, Math.floor(x))
  const top = Math.min(height - 2, Math.floor(y))
  const [fx, fy] = [x - left, y - top]
  const at = 3 * (top * width + left)
  const below = at + 3 * width
  const mix = (c: number) =>
    (1 - fy) * ((1 - fx) * rgb[at + c]! + fx * rgb[at + 3 + c]!) +
    fy * ((1 - fx) * rgb[below + c]! + fx * rgb[below + 3 + c]!)
  return [mix(0), mix(1), mix(2)]
}

/** Wood, cloth or a hand: a colour with soft stripes. */
function table(width: number, height: number, chance: Chance): Float32Array {
  const base = [90 + 90 * chance(), 80 + 70 * chance(), 60 + 70 * chance()]
  const angle = Math.PI * chance()
  const wave = 0.02 + 0.05 * chance()
  const samples = new Float32Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grain = 9 * Math.sin(wave * (Math.cos(angle) * x + Math.sin(angle) * y) + 2 * Math.sin(x / 190))
      for (const level of base) samples[at++] = level + grain
    }
  }
  return samples
}

function shine(light: Float32Array, view: View, corners: Corners, chance: Chance): void {
  const { width, height, shade, glare } = view
  const angle = 2 * Math.PI * chance()
  const across = { x: Math.cos(angle) / width, y: Math.sin(angle) / height }
  const near = { x: chance(), y: chance() }
  const spot = {
    x: corners[0].x + near.x * (corners[2].x - corners[0].x),
    y: corners[0].y + near.y * (corners[2].y - corners[0].y),
  }
  const radius = 0.16 * Math.hypot(corners[2].x - corners[0].x, corners[2].y - corners[0].y)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dark = 1 - shade * (0.5 + across.x * (x - width / 2) + across.y * (y - height / 2))
      const far = ((x - spot.x) ** 2 + ((y - spot.y) * 1.6) ** 2) / radius ** 2
      const white = glare * Math.exp(-far)
      for (let c = 0; c < 3; c++, at++) light[at] = light[at]! * dark * (1 - white) + 250 * white
    }
  }
}

function blurred(light: Float32Array, width: number, height: number, sigma: number): Float32Array {
  if (sigma === 0) return light
  const reach = Math.ceil(3 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const pass = (
    samples: Float32Array,
    step: number,
    size: number,
    at: (line: number, i: number) => number,
  ) => {
    const out = new Float32Array(samples.length)
    for (let line = 0; line < samples.length / (3 * size); line++) {
      for (let i = 0; i < size; i++) {
        const to = at(line, i)
        for (let c = 0; c < 3; c++) {
          let total = 0
          for (let k = -reach; k <= reach; k++) {
            const near = Math.min(size - 1, Math.max(0, i + k))
            total += weights[k + reach]! * samples[to + (near - i) * step + c]!
          }
          out[to + c] = total / sum
        }
      }
    }
    return out
  }
  const rows = pass(light, 3, width, (line, i) => 3 * (line * width + i))
  return pass(rows, 3 * width, height, (line, i) => 3 * (i * width + line))
}

function noisy(light: Float32Array, sigma: number, chance: Chance): Uint8Array {
  const out = new Uint8Array(light.length)
  for (let i = 0; i < out.length; i++) {
    // Three throws come near enough to a normal distribution.
    const level = light[i]! + 2 * sigma * (chance() + chance() + chance() - 1.5)
    out[i] = Math.max(0, Math.min(255, Math.round(level)))
  }
  return out
}
