import assert from 'node:assert/strict'
import { clamp, fit, onPicture, pan, seenBy, showing, toPane, toPicture, zoomAt } from './camera.ts'
import type { Camera, Scene } from './camera.ts'

const desktop: Scene = { picture: { width: 4000, height: 3000 }, pane: { width: 1000, height: 900 } }
const phone: Scene = { picture: desktop.picture, pane: { width: 390, height: 600 } }
const close = (a: number, b: number) => {
  assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`)
}

describe('the camera over a picture', () => {
  it('begins with the whole picture', () => {
    assert.deepEqual(fit(desktop), { x: 0.5, y: 0.5, scale: 0.25 })
    assert.deepEqual(seenBy(desktop, fit(desktop)), { x: 0, y: 0, width: 1, height: 1 })
  })

  it('goes from place to screen and back', () => {
    const camera: Camera = { x: 0.3, y: 0.6, scale: 2 }
    const at = toPane(desktop, camera, { x: 0.31, y: 0.59 })
    assert.deepEqual([Math.round(at.x), Math.round(at.y)], [580, 390])
    const back = toPicture(desktop, camera, at)
    close(back.x, 0.31)
    close(back.y, 0.59)
  })

  it('keeps what is under the finger under it while zooming', () => {
    const at = { x: 700, y: 300 }
    const before = clamp(desktop, { x: 0.4, y: 0.5, scale: 1 })
    const held = toPicture(desktop, before, at)
    const after = zoomAt(desktop, before, 2.5, at)
    close(after.scale, 2.5)
    close(toPane(desktop, after, held).x, at.x)
    close(toPane(desktop, after, held).y, at.y)
  })

  it('goes no closer than 800 %, and no further than the whole picture', () => {
    assert.equal(zoomAt(desktop, fit(desktop), 1000, { x: 0, y: 0 }).scale, 8)
    assert.deepEqual(zoomAt(desktop, { x: 0.2, y: 0.9, scale: 2 }, 0.0001, { x: 9, y: 9 }), fit(desktop))
    const tiny: Scene = { picture: { width: 20, height: 20 }, pane: { width: 400, height: 400 } }
    assert.equal(clamp(tiny, { x: 0.5, y: 0.5, scale: 0.01 }).scale, 1)
    assert.equal(clamp(tiny, { x: 0.5, y: 0.5, scale: 99 }).scale, 20)
  })

  it('does not leave the picture', () => {
    const camera = pan(desktop, { x: 0.5, y: 0.5, scale: 1 }, 99_999, 99_999)
    assert.deepEqual(toPane(desktop, camera, { x: 0, y: 0 }), { x: 0, y: 0 })
    assert.deepEqual(pan(desktop, fit(desktop), 50, 50), fit(desktop))
  })

  it('shows on a phone all that the doctor sees, in its middle', () => {
    const doctors = clamp(desktop, { x: 0.7, y: 0.4, scale: 1.5 })
    const rect = seenBy(desktop, doctors)
    const patients = showing(phone, rect)
    const seen = seenBy(phone, patients)
    const slack = 1e-5
    assert.ok(seen.x <= rect.x + slack && seen.x + seen.width >= rect.x + rect.width - slack)
    assert.ok(seen.y <= rect.y + slack && seen.y + seen.height >= rect.y + rect.height - slack)
    close(patients.x, rect.x + rect.width / 2)
    const same = showing(desktop, rect)
    assert.ok(Math.abs(same.scale - doctors.scale) < 0.001 && Math.abs(same.x - doctors.x) < 0.001)
  })

  it('puts points onto the picture', () => {
    assert.deepEqual(onPicture({ x: -3, y: 1 / 3 }), { x: 0, y: 0.333333 })
    assert.deepEqual(onPicture({ x: 1.0001, y: 1 }), { x: 1, y: 1 })
  })
})
