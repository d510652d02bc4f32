import assert from 'node:assert/strict'
import sharp from 'sharp'
import { grey } from '#kernels/grey.ts'
import { detectMarkers } from '#kernels/marker/detect.ts'
import { photograph, pixelOf, type PlanePicture } from '#server/imaging/pipeline/test/plane-picture.ts'
import { nobodyComplains } from '#test/support/people.ts'
import type { Doctor, Patient } from '#test/support/people.ts'
import { aTalk, tellsOneStory } from '#test/support/story.ts'
import type { Talk } from '#test/support/story.ts'
import { opensNewestPicture } from '#test/support/viewer.ts'
import { waitFor } from '#test/support/wait-for.ts'

/** A spot of 12 x 8 mm beside the marker, from the side, under a warm lamp. */
const spot = { x: 14, y: 0, a: 6, b: 4, turn: 0, colour: [112, 72, 60] as const }
const arm: PlanePicture = {
  width: 1280,
  height: 720,
  camera: { tiltX: 34, tiltY: 14, roll: 8, distance: 120 },
  markers: [{ id: 27, x: -16, y: 0, side: 20 }],
  spots: [spot],
  cast: [
    [1, 0, 0],
    [0, 0.9, 0],
    [0, 0, 0.6],
  ],
  noise: 4,
}

describe('the printed reference marker', function () {
  this.timeout(120_000)
  let talk: Talk
  let patient: Patient
  let doctor: Doctor

  before(async () => {
    talk = await aTalk('embedded', 'A spot')
    ;({ patient, doctor } = talk)
  })
  tellsOneStory()
  after(() => talk.end())

  const viewer = () => doctor.page.getByRole('dialog', { name: 'Picture viewer' })
  const marks = () => viewer().getByRole('list', { name: 'Marks' })

  it('is found by the doctor on a picture, and calibrates it', async () => {
    const { width, height } = arm
    const jpeg = await sharp(photograph(arm), { raw: { width, height, channels: 3 } })
      .jpeg()
      .toBuffer()
    await doctor.page.getByRole('tab', { name: 'Pictures' }).click()
    const chooser = doctor.page.waitForEvent('filechooser')
    await doctor.page.getByRole('button', { name: 'Add a picture' }).click()
    await (await chooser).setFiles({ name: 'arm.jpg', mimeType: 'image/jpeg', buffer: jpeg })
    const own = doctor.page.getByRole('dialog', { name: 'Add this picture?' })
    await own.getByRole('button', { name: 'Add', exact: true }).click()
    await own.waitFor({ state: 'detached' })
    await opensNewestPicture(doctor)
    await viewer().getByRole('button', { name: 'Original', exact: true }).filter({ visible: true }).first().click() // prettier-ignore
    await viewer().getByRole('button', { name: 'Find the marker' }).click()
    await viewer().getByText('Found: lengths are in millimetres now.').waitFor()
    await marks().getByText('20 mm, marker calibration, flat surface assumed').waitFor()
  })

  it('gives the true length of a spot that is seen from the side', async () => {
    const image = viewer().getByRole('img', { name: /^Original picture/ }).first() // prettier-ignore
    const box = await image.boundingBox()
    assert.ok(box)
    const place = (x: number) => {
      const at = pixelOf(arm, { x, y: spot.y })
      return [
        box.x + ((at.x + 0.5) / arm.width) * box.width,
        box.y + ((at.y + 0.5) / arm.height) * box.height,
      ] as const
    }
    await viewer().getByRole('button', { name: 'Ruler', exact: true }).click()
    await doctor.page.mouse.move(...place(spot.x - spot.a))
    await doctor.page.mouse.down()
    await doctor.page.mouse.move(...place(spot.x), { steps: 4 })
    await doctor.page.mouse.move(...place(spot.x + spot.a), { steps: 4 })
    await doctor.page.mouse.up()
    const words = await marks().getByText(/^Ruler: .* mm$/).innerText() // prettier-ignore
    const millimetres = Number(/[\d.]+/.exec(words)?.[0])
    assert.ok(Math.abs(millimetres / 12 - 1) < 0.03, words)
  })

  it('takes the lamp’s colour away when the doctor asks for it', async () => {
    await viewer().getByRole('tab', { name: 'Enhance' }).click()
    await viewer().getByRole('button', { name: 'White balance from the marker' }).click()
    const made = viewer().getByRole('button', { name: /^Own settings/, pressed: true })
    await made.waitFor()
    await viewer().getByRole('button', { name: 'Enhanced', exact: true }).filter({ visible: true }).first().click() // prettier-ignore
    const image = viewer().getByRole('img', { name: /^Enhanced picture/ }).first() // prettier-ignore
    const paper = pixelOf(arm, { x: -16, y: 11.6 })
    await waitFor('the paper is white', async () => {
      const [red = 0, green = 0, blue = 0] = await image.evaluate((one: HTMLImageElement, at) => {
        const brush = new OffscreenCanvas(one.naturalWidth, one.naturalHeight).getContext('2d')
        brush?.drawImage(one, 0, 0)
        return [...(brush?.getImageData(Math.round(at.x), Math.round(at.y), 1, 1).data ?? [])]
      }, paper)
      return green > 100 && Math.abs(red - green) < 12 && Math.abs(blue - green) < 12
    })
    nobodyComplains(doctor, patient)
  })

  it('is printed by anybody, in its true size', async () => {
    const page = await patient.context.newPage()
    await page.setViewportSize({ width: 900, height: 1400 })
    await page.goto(`${talk.clinic.url}/marker`)
    await page.getByRole('heading', { name: 'Reference marker' }).waitFor()
    const shot = await page.screenshot({ fullPage: true })
    const { data, info } = await sharp(shot).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const found = detectMarkers(grey(new Uint8Array(data)), info.width, info.height)
    assert.deepEqual([...new Set(found.map(({ id }) => id))], [27])
    assert.ok(found.length >= 8, `${found.length} markers`)
    const density = await page.evaluate(() => devicePixelRatio)
    for (const { corners } of found) {
      // A CSS pixel is a 96th of an inch.
      const side = ((corners[1].x - corners[0].x) / density / 96) * 25.4
      assert.ok(Math.abs(side - 20) < 0.2, `${side} mm`)
    }
    await page.close()
  })
})
