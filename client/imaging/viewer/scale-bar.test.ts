import { deepEqual, equal, ok } from 'node:assert/strict'
import { square } from '#kernels/marker/decode.ts'
import { homographyOf } from '#kernels/marker/homography.ts'
import { fit, toPane, zoomAt, type Scene } from './camera.ts'
import { scaleBarOf } from './scale-bar.ts'

const scene: Scene = { picture: { width: 2000, height: 1000 }, pane: { width: 1000, height: 700 } }
const byHand = { by: 'hand', mmPerPixel: 0.1 } as const

describe('the scale bar of a calibrated picture', () => {
  it('is as long on the screen as its millimetres on the picture, and a round number of them', () => {
    // Half of its size: 100 mm are 1000 pixels of the picture and 500 of the screen.
    deepEqual(scaleBarOf(scene, fit(scene), byHand), { millimetres: 20, length: 100 })
  })

  it('stands for less the closer one looks, and never takes the whole screen', () => {
    let camera = fit(scene)
    let before = Infinity
    for (let step = 0; step < 8; step++) {
      const bar = scaleBarOf(scene, camera, byHand)
      ok(bar && bar.length > 50 && bar.length <= 140, `${bar?.length}`)
      ok(bar.millimetres <= before)
      equal([1, 2, 5].includes(Number(bar.millimetres.toExponential()[0])), true)
      before = bar.millimetres
      camera = zoomAt(scene, camera, 1.5, { x: 300, y: 300 })
    }
  })

  it('is true in the middle of what is seen when the surface is seen from the side', () => {
    // The far edge of the marker is shorter than the near one.
    const corners = [
      { x: 900, y: 400 },
      { x: 1100, y: 400 },
      { x: 1150, y: 600 },
      { x: 850, y: 600 },
    ] as const
    const scale = { by: 'marker', toMillimetres: homographyOf([...corners], square(20)) } as const
    const whole = fit(scene)
    const [far, near] = [
      { x: 0.5, y: 0.42 },
      { x: 0.5, y: 0.58 },
    ].map((place) => {
      const bar = scaleBarOf(scene, zoomAt(scene, whole, 8, toPane(scene, whole, place)), scale)
      ok(bar)
      return bar.millimetres / bar.length
    })
    ok(far && near && far > near)
  })

  it('is left out where there is nothing sensible to show', () => {
    equal(scaleBarOf(scene, fit(scene), { by: 'hand', mmPerPixel: 1e9 }), null)
    equal(scaleBarOf(scene, fit(scene), { by: 'hand', mmPerPixel: 0 }), null)
  })
})
