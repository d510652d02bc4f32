import assert from 'node:assert/strict'
import { placesOfLabels, type Labelled } from './label-places.ts'

const pane = { width: 800, height: 600 }
const words = '21.4 mm², perimeter 18 mm'

const outline = (left: number, top: number, size = 40): Labelled => ({
  kind: 'outline',
  words,
  points: [
    { x: left, y: top },
    { x: left + size, y: top },
    { x: left + size, y: top + size },
    { x: left, y: top + size },
  ],
})

describe('the numbers beside what is drawn on a picture', () => {
  it('stand below an outline', () => {
    const [place] = placesOfLabels([outline(300, 200)], pane)
    assert.equal(place?.x, 320)
    assert.ok(place.y > 240 && place.y < 270, String(place.y))
  })

  it('do not lie on another outline that is near', () => {
    const places = placesOfLabels([outline(300, 200), outline(310, 250)], pane)
    const [first, second] = places
    assert.ok(first && second)
    assert.ok(first.y < 200, 'the upper one has its numbers above')
    assert.ok(second.y > 290, 'the lower one below')
  })

  it('do not lie on what is being outlined', () => {
    const [place] = placesOfLabels([outline(300, 200)], pane, outline(300, 245, 30).points)
    assert.ok(place && place.y < 200)
  })

  it('do not lie on each other', () => {
    const [left, right] = placesOfLabels([outline(300, 200), outline(360, 200)], pane)
    assert.ok(left && right)
    assert.ok(Math.abs(left.y - right.y) >= 24)
  })

  it('can be read when the outline reaches the end of the screen', () => {
    const [atEnd] = placesOfLabels([outline(300, 550)], pane)
    assert.ok(atEnd && atEnd.y < 550)
    const [aside] = placesOfLabels([outline(0, 300)], pane)
    assert.ok(aside && aside.x > 90)
  })

  it('are not there for what cannot be seen', () => {
    assert.deepEqual(placesOfLabels([outline(-300, 200), { ...outline(300, 200), words: '' }], pane), [
      null,
      null,
    ])
  })

  it('stand above a ruler', () => {
    const ruler: Labelled = {
      kind: 'ruler',
      words: '12 mm',
      points: [
        { x: 100, y: 100 },
        { x: 200, y: 100 },
      ],
    }
    const [place] = placesOfLabels([ruler], pane)
    assert.equal(place?.x, 150)
    assert.equal(place.y, 82)
  })
})
