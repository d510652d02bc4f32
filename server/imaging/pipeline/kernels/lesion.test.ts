import assert from 'node:assert/strict'
import { lesionColour } from './lesion-colour.ts'
import { fillOutline } from './lesion-fill.ts'
import { labOf } from './lesion-lab.ts'
import { partAt } from './lesion-mask.ts'
import { smoothOutline } from './lesion-outline.ts'
import { lesionShape, type LesionShape } from './lesion-shape.ts'
import type { Point } from './marker/point.ts'

type Around = (turn: number) => Point

const around = (count: number, at: Around): Point[] =>
  Array.from({ length: count }, (_, i) => at((2 * Math.PI * i) / count))

const ellipse =
  (a: number, b: number, turn: number, centre = { x: 100, y: 80 }): Around =>
  (angle) => {
    const [x, y] = [a * Math.cos(angle), b * Math.sin(angle)]
    return {
      x: centre.x + x * Math.cos(turn) - y * Math.sin(turn),
      y: centre.y + x * Math.sin(turn) + y * Math.cos(turn),
    }
  }

const near = (found: number, wanted: number, share: number, what: string) => {
  assert.ok(Math.abs(found / wanted - 1) <= share, `${what}: ${found}, not ${wanted}`)
}

function shapeOf(points: readonly Point[]): LesionShape {
  const shape = lesionShape(points)
  assert.ok(shape)
  return shape
}

describe('the shape of an outline', () => {
  for (const turn of [0, 0.4, 1.3, 2.9]) {
    it(`of an ellipse turned by ${turn} has the ellipse's area, axes and diameter, and no asymmetry`, () => {
      const shape = shapeOf(around(720, ellipse(60, 25, turn)))
      near(shape.area, Math.PI * 60 * 25, 1e-4, 'area')
      near(shape.axes.major, 120, 1e-4, 'major axis')
      near(shape.axes.minor, 50, 1e-4, 'minor axis')
      near(shape.diameter, 120, 1e-4, 'diameter')
      // Ramanujan, 1914; the polygon is shorter by a hundred-thousandth.
      const h = ((60 - 25) / (60 + 25)) ** 2
      const length = Math.PI * 85 * (1 + (3 * h) / (10 + Math.sqrt(4 - 3 * h)))
      near(shape.perimeter, length, 1e-4, 'perimeter')
      near(shape.irregularity, length ** 2 / (4 * Math.PI ** 2 * 60 * 25), 2e-4, 'irregularity')
      assert.ok(shape.asymmetry.acrossMajor < 0.01 && shape.asymmetry.acrossMinor < 0.01)
    })
  }

  it('is the same whichever way round it was drawn, and wherever it lies', () => {
    const points = around(90, ellipse(40, 20, 0.7))
    const away = points.map(({ x, y }) => ({ x: x + 3000, y: y + 2000 }))
    const [one, other] = [shapeOf(points), shapeOf(away.reverse())]
    near(other.area, one.area, 1e-9, 'area')
    near(other.axes.major, one.axes.major, 1e-9, 'major axis')
    near(other.axes.minor, one.axes.minor, 1e-9, 'minor axis')
  })

  it('of a circle is as regular as can be, and of a square less', () => {
    near(shapeOf(around(720, ellipse(30, 30, 0))).irregularity, 1, 1e-4, 'circle')
    near(shapeOf([{ x: 0, y: 0 }, { x: 9, y: 0 }, { x: 9, y: 9 }, { x: 0, y: 9 }]).irregularity, 4 / Math.PI, 1e-9, 'square') // prettier-ignore
  })

  it('of a star has the irregularity that its sides and area give', () => {
    const [long, short, rays] = [50, 22, 7]
    const star = around(2 * rays, (angle) => {
      const at = Math.round((angle * rays) / Math.PI)
      const reach = at % 2 === 0 ? long : short
      return { x: reach * Math.cos(angle), y: reach * Math.sin(angle) }
    })
    const angle = Math.PI / rays
    const area = rays * long * short * Math.sin(angle)
    const side = Math.hypot(long - short * Math.cos(angle), short * Math.sin(angle))
    const shape = shapeOf(star)
    near(shape.area, area, 1e-9, 'area')
    near(shape.irregularity, (2 * rays * side) ** 2 / (4 * Math.PI * area), 1e-9, 'irregularity')
    assert.ok(shape.irregularity > 3)
  })

  it('of a triangle with two equal sides is symmetric along, and by a third not across', () => {
    // Twice as high as wide, so that the long axis is the one of symmetry. Across: 1/3, by integration.
    const shape = shapeOf([{ x: 0, y: 0 }, { x: 40, y: 0 }, { x: 20, y: 80 }]) // prettier-ignore
    assert.ok(shape.asymmetry.acrossMajor < 0.01, `${shape.asymmetry.acrossMajor}`)
    assert.ok(Math.abs(shape.asymmetry.acrossMinor - 1 / 3) < 0.01, `${shape.asymmetry.acrossMinor}`)
  })

  it('of a line or a point is none', () => {
    assert.equal(lesionShape([]), null)
    assert.equal(lesionShape([{ x: 1, y: 1 }, { x: 5, y: 5 }, { x: 3, y: 3 }]), null) // prettier-ignore
  })
})

describe('the colours inside an outline', () => {
  const [width, height] = [120, 100]
  const disc = fillOutline(around(360, ellipse(40, 40, 0, { x: 59.5, y: 49.5 })), width, height)
  const paint = (colour: (x: number, y: number) => readonly [number, number, number]) =>
    Uint8Array.from({ length: width * height * 3 }, (_, i) => {
      const pixel = Math.floor(i / 3)
      return colour(pixel % width, Math.floor(pixel / width))[i % 3]!
    })

  it('are one of no spread where there is one', () => {
    const found = lesionColour(
      paint(() => [90, 60, 50]),
      disc,
    )
    assert.deepEqual([found?.count, found?.spread], [1, 0])
  })

  it('are two where it is half and half, spread by half of their distance', () => {
    const [left, right] = [[60, 40, 35], [150, 100, 80]] as const // prettier-ignore
    const found = lesionColour(
      paint((x) => (x < 60 ? left : right)),
      disc,
    )
    const lab = labOf(Uint8Array.of(...left, ...right))
    const apart = Math.hypot(lab[0]! - lab[3]!, lab[1]! - lab[4]!, lab[2]! - lab[5]!)
    assert.equal(found?.count, 2)
    near(found.spread, apart / 2, 1e-4, 'spread')
  })

  it('leave out what is outside, and what is too little to be a colour of its own', () => {
    const found = lesionColour(
      paint((x, y) =>
        disc[y * width + x] === 0 ? [20, 200, 20] : x === 60 ? [255, 255, 255] : [90, 60, 50],
      ),
      disc,
    )
    assert.equal(found?.count, 1)
  })

  it('are none where nothing is inside', () => {
    assert.equal(lesionColour(new Uint8Array(300), new Uint8Array(100)), null)
  })

  it('are CIE L*a*b* as published for the corners of sRGB', () => {
    const lab = labOf(Uint8Array.of(255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255))
    const wanted = [100, 0, 0, 0, 0, 0, 53.24, 80.09, 67.2, 32.3, 79.19, -107.86]
    for (const [at, value] of wanted.entries())
      assert.ok(Math.abs(lab[at]! - value) < 0.05, `${at}: ${lab[at]}`)
  })
})

describe('an outline drawn around a mask', () => {
  const [width, height] = [320, 240]
  const options = { sigma: 2.5, tolerance: 0.5, most: 400 }
  for (const [a, b, turn] of [
    [60, 60, 0],
    [90, 40, 0.5],
    [20, 15, 1],
    [100, 30, 2.2],
  ] as const)
    // prettier-ignore
    it(`has the area and the length of the ellipse of ${a} and ${b} that was filled`, () => {
      const true_ = around(1440, ellipse(a, b, turn, { x: 160.3, y: 119.6 }))
      const outline = smoothOutline(fillOutline(true_, width, height), width, height, options)
      assert.ok(outline && outline.length <= 100)
      const [found, wanted] = [shapeOf(outline), shapeOf(true_)]
      near(found.area, wanted.area, 0.01, 'area')
      near(found.perimeter, wanted.perimeter, 0.015, 'perimeter')
      near(found.axes.major, wanted.axes.major, 0.015, 'major axis')
      near(found.axes.minor, wanted.axes.minor, 0.015, 'minor axis')
    })

  it('has no more points than may be kept, however ragged it is', () => {
    const ragged = around(2400, (angle) => {
      const reach = 90 + 12 * Math.sin(41 * angle) + 7 * Math.sin(97 * angle)
      return { x: 160 + reach * Math.cos(angle), y: 120 + reach * Math.sin(angle) }
    })
    const outline = smoothOutline(fillOutline(ragged, width, height), width, height, { ...options, sigma: 1, tolerance: 0.05 }) // prettier-ignore
    assert.ok(outline && outline.length > 60 && outline.length <= 400, `${outline?.length}`)
  })

  it('takes the part that was touched without its holes, not the larger one beside it', () => {
    const small = fillOutline(around(90, ellipse(20, 20, 0, { x: 60, y: 60 })), width, height)
    const large = fillOutline(around(90, ellipse(50, 50, 0, { x: 220, y: 120 })), width, height)
    const hole = fillOutline(around(90, ellipse(8, 8, 0, { x: 60, y: 60 })), width, height)
    const mask = small.map((one, at) => ((one !== 0 && hole[at] === 0) || large[at] !== 0 ? 1 : 0))
    assert.deepEqual(partAt(mask, width, height, [{ x: 45, y: 60 }]), small)
    assert.deepEqual(partAt(mask, width, height, []), large)
    assert.equal(partAt(mask, width, height, [{ x: 5, y: 5 }]), null)
  })
})
