import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Locator } from 'playwright-core'
import { nobodyComplains } from '#test/support/people.ts'
import type { Doctor, Patient } from '#test/support/people.ts'
import { aTalk, tellsOneStory } from '#test/support/story.ts'
import type { Talk } from '#test/support/story.ts'
import { opensNewestPicture } from '#test/support/viewer.ts'

const specimen = (name: string) =>
  readFileSync(new URL(`../../server/imaging/recognition/test/text/${name}`, import.meta.url))

describe('values on a device’s screen', function () {
  this.timeout(120_000)
  let talk: Talk
  let patient: Patient
  let doctor: Doctor

  before(async () => {
    talk = await aTalk('embedded', 'Blood pressure')
    ;({ patient, doctor } = talk)
  })
  tellsOneStory()
  after(() => talk.end())

  const viewer = () => doctor.page.getByRole('dialog', { name: 'Picture viewer' })
  const pressure = () => viewer().getByRole('article', { name: 'Blood pressure' })

  it('are read when the doctor asks for it, and shown where they stand', async () => {
    await doctor.page.getByRole('tab', { name: 'Pictures' }).click()
    const chooser = doctor.page.waitForEvent('filechooser')
    await doctor.page.getByRole('button', { name: 'Add a picture' }).click()
    await (
      await chooser
    ).setFiles({
      name: 'monitor.jpg',
      mimeType: 'image/jpeg',
      buffer: specimen('segments-5-blood-pressure.jpg'),
    })
    const own = doctor.page.getByRole('dialog', { name: 'Add this picture?' })
    await own.getByRole('button', { name: 'Add', exact: true }).click()
    await own.waitFor({ state: 'detached' })
    await opensNewestPicture(doctor)
    await viewer().getByRole('tab', { name: 'Read' }).click()
    await viewer().getByRole('button', { name: 'Read this picture' }).click()
    await pressure().getByText('In the picture: 128/84 mmHg').waitFor()
    await viewer().getByRole('article', { name: 'Heart rate' }).getByText('In the picture: 72 /min').waitFor()
    await viewer().getByText(/^Not for diagnosis\. Read by pp-ocr/).waitFor() // prettier-ignore
    assert.ok((await viewer().getByTestId('read-lines').first().locator('polygon').count()) >= 8)
  })

  it('are corrected, compared when they are unlikely, and added once', async () => {
    const add = pressure().getByRole('button', { name: 'Add to record' })
    await pressure().getByLabel('Systolic').fill('12')
    await pressure().getByText('An unlikely value.').waitFor()
    assert.ok(await add.isDisabled(), 'not before it is compared')
    await pressure().getByLabel('Systolic').fill('129')
    await pressure().getByText('An unlikely value.').waitFor({ state: 'detached' })
    assert.ok(await add.isDisabled(), 'not before it is told when it was measured')
    await pressure()
      .getByLabel('When was it measured?')
      .fill(await aMinuteAgo(doctor))
    // What was entered outlives a look at another panel.
    await viewer().getByRole('tab', { name: 'Marks' }).click()
    await pressure().waitFor({ state: 'detached' })
    await viewer().getByRole('tab', { name: 'Read' }).click()
    await add.waitFor()
    // How sure the model is of these digits is not what this is about.
    const compared = pressure().getByRole('checkbox', { name: 'I have compared it with the picture' })
    if (await compared.isVisible()) await compared.check()
    await add.click()
    await pressure().getByText('In the record').waitFor()
    await pressure().getByText('Added as 129/84 mmHg').waitFor()
  })

  it('stand in the record, those that the doctor added and no others', async () => {
    await viewer().getByRole('button', { name: 'Close viewer' }).click()
    await viewer().waitFor({ state: 'detached' })
    await doctor.page.getByRole('tab', { name: 'Summary' }).click()
    await doctor.page.getByText('129/84').first().waitFor()
    nobodyComplains(doctor, patient)
  })

  it('are covered in a picture that leaves without its person, as the doctor leaves them', async () => {
    await doctor.page.getByRole('tab', { name: 'Pictures' }).click()
    await opensNewestPicture(doctor)
    await viewer().getByRole('button', { name: 'Take the picture out' }).click()
    const dialog = doctor.page.getByRole('dialog', { name: 'Take the picture out' })
    await dialog.getByRole('radio', { name: 'No, without the person' }).check()
    await dialog.getByRole('button', { name: 'Suggest areas' }).click()
    await dialog.getByText(/found and covered/).waitFor() // prettier-ignore
    const areas = dialog.getByRole('button', { name: /^Covered area/ })
    const found = await areas.count()
    assert.ok(found >= 8, `${found} areas`)
    await areas.first().click()
    await dialog.getByRole('button', { name: 'Remove area 1', exact: true }).click()
    assert.equal(await areas.count(), found - 1)
    await changesByMouse(dialog)
    await dialog.getByText(/that it found nothing more is no proof/).waitFor() // prettier-ignore
    assert.ok(await dialog.getByRole('button', { name: 'Download DICOM file' }).isDisabled())
    await dialog.getByRole('checkbox').check()
    const download = doctor.page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download DICOM file' }).click()
    assert.equal((await download).suggestedFilename(), 'picture.dcm')
    nobodyComplains(doctor, patient)
  })

  /** One area is drawn, moved, and pulled larger at a corner; where its opposite corner is stays. */
  async function changesByMouse(dialog: Locator): Promise<void> {
    const { mouse } = doctor.page
    const areas = dialog.getByRole('button', { name: /^Covered area/ })
    const count = await areas.count()
    const picture = await boxOf(dialog.getByRole('img', { name: 'The picture to cover' }))
    const drags = async (from: { x: number; y: number }, by: { x: number; y: number }) => {
      await mouse.move(from.x, from.y)
      await mouse.down()
      await mouse.move(from.x + by.x, from.y + by.y, { steps: 4 })
      await mouse.up()
    }
    // The last line of the picture has no text.
    await drags({ x: picture.x + 60, y: picture.y + 4 }, { x: 60, y: 12 })
    assert.equal(await areas.count(), count + 1)
    const area = areas.last()
    const drawn = await boxOf(area)
    await drags({ x: drawn.x + 30, y: drawn.y + 6 }, { x: 40, y: 0 })
    const moved = await boxOf(area)
    assert.ok(Math.abs(moved.x - drawn.x - 40) < 2 && Math.abs(moved.width - drawn.width) < 2)
    const corner = await boxOf(dialog.getByTestId('area-corner').first())
    assert.ok(corner.width >= 24 && corner.height >= 24)
    await drags({ x: corner.x + corner.width / 2, y: corner.y + corner.height / 2 }, { x: -30, y: 0 })
    const pulled = await boxOf(area)
    assert.ok(Math.abs(pulled.x - moved.x + 30) < 2 && Math.abs(pulled.width - moved.width - 30) < 2)
    await area.press('Delete')
    assert.equal(await areas.count(), count)
  }
})

async function boxOf(place: Locator) {
  const box = await place.boundingBox()
  assert.ok(box)
  return box
}

/** As a date-time field has it, in the browser's zone. */
function aMinuteAgo({ page }: Doctor): Promise<string> {
  return page.evaluate(() => {
    const at = new Date(Date.now() - 60_000)
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
  })
}
