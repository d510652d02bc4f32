import assert from 'node:assert/strict'
import { isFolded } from './judge.ts'
import { areaOf, clipped, cornersOf, hullOf, inShares, inverse, moved } from './plane.ts'

const size = { width: 400, height: 300 }
const tipped = [1.1, 0.2, -12, -0.1, 0.9, 8, 0.0004, 0.0002, 1]

describe('the movement of a flat piece of skin between two pictures', () => {
  it('leads back to where it came from', () => {
    const back = inverse(tipped)
    for (const corner of cornersOf(size)) {
      const there = moved(tipped, corner)
      const here = moved(back, there)
      assert.ok(Math.hypot(here.x - corner.x, here.y - corner.y) < 1e-9)
    }
  })

  it('says the same in shares of pictures of different sizes', () => {
    const to = { width: 1000, height: 700 }
    const shares = inShares(tipped, size, to)
    const pixel = moved(tipped, { x: 130, y: 210 })
    const share = moved(shares, { x: 130 / size.width, y: 210 / size.height })
    assert.ok(Math.abs(share.x * to.width - pixel.x) < 1e-9)
    assert.ok(Math.abs(share.y * to.height - pixel.y) < 1e-9)
  })

  it('is not believed when it mirrors the skin, turns it inside out or shows it from the edge', () => {
    assert.equal(isFolded(tipped, size), false)
    assert.equal(isFolded([-1, 0, 400, 0, 1, 0, 0, 0, 1], size), true, 'mirrored')
    assert.equal(isFolded([1, 0, 0, 0, 1, 0, -0.004, 0, 1], size), true, 'behind the camera')
    assert.equal(isFolded([1, 0, 0, 0, 1, 0, 0.006, 0, 1], size), true, 'from the edge')
    assert.equal(isFolded([1, 1, 0, 1, 1, 0, 0, 0, 1], size), true, 'flattened to a line')
  })
})

describe('what two pictures both show', () => {
  it('is the part of the one that lies inside the other', () => {
    const square = cornersOf({ width: 10, height: 10 })
    const aside = square.map(({ x, y }) => ({ x: x + 6, y: y - 5 }))
    assert.equal(areaOf(clipped(aside, square)), 20)
    assert.equal(areaOf(clipped(square, square)), 100)
    assert.deepEqual(
      clipped(
        square.map(({ x, y }) => ({ x: x + 30, y })),
        square,
      ),
      [],
    )
  })

  it('is spread over the hull of the places found', () => {
    const places = [
      { x: 0, y: 0 },
      { x: 4, y: 4 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 5, y: 5 },
      { x: 0, y: 10 },
    ]
    assert.equal(areaOf(hullOf(places)), 100)
    assert.equal(areaOf(hullOf(places.slice(0, 2))), 0)
  })
})
