import { deepEqual, equal, ok } from 'node:assert/strict'
import { Area } from '#shared/imaging-recipe.ts'
import { areaBetween, grownBy, movedBy, nextArea, pulledBy, withSuggested } from './areas.ts'

describe('An area to fill', () => {
  it('is what lies between two corners, whichever was first, and ends with the picture', () => {
    const area = { left: 0.25, top: 0.5, width: 0.5, height: 0.25 }
    deepEqual(areaBetween({ x: 0.25, y: 0.5 }, { x: 0.75, y: 0.75 }), area)
    deepEqual(areaBetween({ x: 0.75, y: 0.5 }, { x: 0.25, y: 0.75 }), area)
    deepEqual(areaBetween({ x: -1, y: -1 }, { x: 2, y: 0.5 }), { left: 0, top: 0, width: 1, height: 0.5 })
  })

  it('is not made by a slip of the finger', () => {
    equal(areaBetween({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.9 }), null)
  })

  it('is suggested where none covers it already, as long as there is room, and drawn ones stay', () => {
    const drawn = { left: 0.1, top: 0.1, width: 0.5, height: 0.5 }
    const inside = { x: 0.2, y: 0.2, width: 0.1, height: 0.1 }
    const beside = { x: 0.55, y: 0.2, width: 0.1, height: 0.1 }
    const area = { left: 0.55, top: 0.2, width: 0.1, height: 0.1 }
    deepEqual(withSuggested([drawn], [inside, beside]), { areas: [drawn, area], left: 0 })
    deepEqual(
      withSuggested([drawn, area], [inside, beside]),
      { areas: [drawn, area], left: 0 },
      'asked twice',
    )
    const many = Array.from({ length: 60 }, (_, at) => ({ x: at / 100, y: 0.9, width: 0.005, height: 0.05 }))
    const { areas, left } = withSuggested([drawn], many)
    deepEqual([areas.length, areas[0], left], [50, drawn, 11])
  })

  it('follows the corner that a hand has taken, and the one opposite stays', () => {
    const area = { left: 0.25, top: 0.25, width: 0.5, height: 0.5 }
    deepEqual(pulledBy(area, { x: -1, y: -1 }, 0.125, -0.125), {
      left: 0.375,
      top: 0.125,
      width: 0.375,
      height: 0.625,
    })
    deepEqual(pulledBy(area, { x: 1, y: 0 }, 0.125, 0.5), { ...area, width: 0.625 })
    deepEqual(pulledBy(area, { x: -1, y: 1 }, -9, 9), { left: 0, top: 0.25, width: 0.75, height: 0.75 })
    for (const x of [-1, 1] as const) {
      const thin = pulledBy(area, { x, y: x }, -9 * x, -9 * x)
      ok(Math.abs(thin.width - 0.01) < 1e-9 && Math.abs(thin.height - 0.01) < 1e-9, 'it can still be seen')
      ok(Area.safeParse(thin).success)
    }
  })

  it('is put where it can be seen beside those that were put there before', () => {
    const first = nextArea([])
    const second = nextArea([first])
    ok(second.left > first.left && second.top > first.top)
    const third = nextArea([first, second])
    ok(third.left > second.left && third.top > second.top)
    deepEqual(nextArea([movedBy(first, -0.1, 0)]), first)
    deepEqual(nextArea([{ left: 0, top: 0, width: 1, height: 1 }]), first)
  })

  it('stays in the picture when it is moved or made larger by keys', () => {
    let area = nextArea([])
    for (let times = 0; times < 100; times++) area = movedBy(area, 0.02, -0.02)
    ok(Math.abs(area.left - 0.8) < 1e-9)
    equal(area.top, 0)
    for (let times = 0; times < 100; times++) area = grownBy(area, 0.02, 0.02)
    ok(area.left + area.width <= 1 && area.top + area.height <= 1)
    for (let times = 0; times < 100; times++) area = grownBy(area, -0.02, -0.02)
    ok(area.width > 0 && area.height > 0)
    ok(Area.safeParse(area).success)
  })
})
