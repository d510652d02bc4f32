import { deepEqual, equal, ok } from 'node:assert/strict'
import type { SeenBox } from '#shared/imaging-recognition.ts'
import { areasOver, mostAreas } from './areas.ts'

const cornersOf = ({ x, y, width, height }: SeenBox) => [
  { x, y },
  { x: x + width, y },
  { x: x + width, y: y + height },
  { x, y: y + height },
]
const inside = (a: SeenBox, b: SeenBox) =>
  a.x >= b.x - 1e-9 &&
  a.y >= b.y - 1e-9 &&
  a.x + a.width <= b.x + b.width + 1e-9 &&
  a.y + a.height <= b.y + b.height + 1e-9

function rows(count: number, size: number): SeenBox[] {
  const perEdge = Math.ceil(Math.sqrt(count))
  return Array.from({ length: count }, (_, at) => ({
    x: (at % perEdge) / perEdge,
    y: Math.floor(at / perEdge) / perEdge,
    width: size,
    height: size,
  }))
}

describe('what is proposed to be covered', () => {
  const text = (boxes: readonly SeenBox[]) => boxes.map(cornersOf)
  const faces = (boxes: readonly SeenBox[]) => boxes.map((box) => ({ box, score: 0.9 }))
  const areCovered = (boxes: readonly SeenBox[], by: ReturnType<typeof areasOver>) =>
    boxes.every((box) => by.some((area) => inside(box, area.box)))

  it('leaves out none of thousands of scraps of text, and does not keep the server from others', () => {
    const scraps = rows(4_000, 0.005)
    const startedAt = performance.now()
    const areas = areasOver([], text(scraps))
    ok(performance.now() - startedAt < 2_000)
    ok(areas.length <= mostAreas)
    ok(areCovered(scraps, areas))
  })

  it('covers text beside a crowd, and every face of it', () => {
    const crowd = rows(80, 0.05)
    const label = [{ x: 0.4, y: 0.93, width: 0.2, height: 0.05 }]
    const areas = areasOver(faces(crowd), text(label))
    ok(areas.length <= mostAreas)
    ok(areCovered(crowd, areas))
    ok(areas.some(({ box, kind }) => kind === 'text' && label.every((one) => inside(one, box))))
  })

  it('is one area for each face and each line where there are few', () => {
    const areas = areasOver(faces(rows(2, 0.1)), text(rows(3, 0.1)))
    deepEqual(
      areas.map(({ kind }) => kind),
      ['face', 'face', 'text', 'text', 'text'],
    )
    equal(areasOver([], []).length, 0)
  })
})
