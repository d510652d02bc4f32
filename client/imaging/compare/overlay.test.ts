import assert from 'node:assert/strict'
import { toPane } from '../viewer/camera.ts'
import { earlierCamera, moved, overlayTransform } from './overlay.ts'

const earlier = { width: 800, height: 600 }
const scene = { picture: { width: 1200, height: 900 }, pane: { width: 500, height: 400 } }
const camera = { x: 0.4, y: 0.55, scale: 0.7 }
const tipped = [0.9, 0.1, 0.03, -0.08, 1.05, 0.02, 0.12, -0.07, 1]

/** As CSS does it: columns first, then the division by the fourth. */
function transformed(css: string, x: number, y: number) {
  const m = css.slice('matrix3d('.length, -1).split(', ').map(Number)
  const row = (at: number) => (m[at] ?? 0) * x + (m[at + 4] ?? 0) * y + (m[at + 12] ?? 0)
  return { x: row(0) / row(3), y: row(1) / row(3) }
}

describe('an earlier picture laid over a later one', () => {
  it('lies on the screen where its places are on the later one', () => {
    const css = overlayTransform(tipped, earlier, { scene, camera })
    for (const place of [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 0.3, y: 0.8 },
      { x: 1, y: 1 },
    ]) {
      const seen = transformed(css, place.x * earlier.width, place.y * earlier.height)
      const meant = toPane(scene, camera, moved(tipped, place))
      assert.ok(Math.hypot(seen.x - meant.x, seen.y - meant.y) < 1e-6)
    }
  })

  it('beside it shows the same place in its middle, about as large', () => {
    const own = earlierCamera(tipped, earlier, { scene, camera })
    const middle = moved(tipped, own)
    assert.ok(Math.hypot(middle.x - camera.x, middle.y - camera.y) < 1e-9)
    const aside = moved(tipped, { x: own.x + 1 / earlier.width, y: own.y })
    const shown = Math.hypot((aside.x - middle.x) * 1200, (aside.y - middle.y) * 900) * camera.scale
    assert.ok(Math.abs(shown / own.scale - 1) < 0.15, `${shown} for ${own.scale}`)
  })

  it('is shown as it is, as large as the screen allows, when nobody knows how it lies', () => {
    const whole = { x: 0.5, y: 0.5, scale: 500 / 1200 }
    assert.deepEqual(earlierCamera(null, earlier, { scene, camera: whole }), {
      x: 0.5,
      y: 0.5,
      scale: 500 / 800,
    })
  })
})
