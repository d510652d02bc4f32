import assert from 'node:assert/strict'
import type { Locator, Route } from 'playwright-core'
import sharp from 'sharp'
import { drawScene, evenLight, photograph, upright } from '#server/imaging/recognition/test/posed-pictures.ts'
import { barriersOf } from '#test/support/barriers.ts'
import { nobodyComplains } from '#test/support/people.ts'
import type { Doctor, Patient } from '#test/support/people.ts'
import { aTalk, tellsOneStory } from '#test/support/story.ts'
import type { Talk } from '#test/support/story.ts'
import { opensNewestPicture } from '#test/support/viewer.ts'
import { waitFor } from '#test/support/wait-for.ts'

const size = { width: 800, height: 600 }
const pose = { turn: 8, scale: 1.1, shiftX: 0.04, shiftY: -0.03, tiltX: 0.1, tiltY: 0 }
const evening = { gain: [0.95, 0.85, 0.7], slope: 0.2, noise: 3, blur: 0 } as const
const skin = drawScene('freckled', 5)
const first = photograph(skin, upright, evenLight, { ...size, seed: 1 })
const second = photograph(skin, pose, evening, { ...size, seed: 2 })
const other = photograph(drawScene('hairy', 9), upright, evenLight, { ...size, seed: 3 })

describe('pictures over time', function () {
  this.timeout(120_000)
  let talk: Talk
  let patient: Patient
  let doctor: Doctor

  before(async () => {
    talk = await aTalk('embedded', 'A mole')
    ;({ patient, doctor } = talk)
  })
  tellsOneStory()
  after(() => talk.end())

  const viewer = () => doctor.page.getByRole('dialog', { name: 'Picture viewer' })
  const comparison = () => doctor.page.getByRole('dialog', { name: 'Compare with an earlier picture' })

  let added = 0
  async function adds({ rgb, width, height }: typeof first): Promise<void> {
    const jpeg = await sharp(rgb, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 92 })
      .toBuffer()
    await doctor.page.getByRole('tab', { name: 'Pictures' }).click()
    const made = doctor.page.getByRole('img', { name: /^Enhanced picture/ })
    await doctor.page.getByRole('button', { name: 'Add a picture' }).waitFor()
    const before = added++
    await waitFor('the pictures are listed', async () => (await made.count()) === before, 60_000)
    const chooser = doctor.page.waitForEvent('filechooser')
    await doctor.page.getByRole('button', { name: 'Add a picture' }).click()
    await (await chooser).setFiles({ name: 'arm.jpg', mimeType: 'image/jpeg', buffer: jpeg })
    const own = doctor.page.getByRole('dialog', { name: 'Add this picture?' })
    await own.getByRole('button', { name: 'Add', exact: true }).click()
    await own.waitFor({ state: 'detached' })
    await waitFor('the new picture is enhanced', async () => (await made.count()) > before, 60_000)
    await opensNewestPicture(doctor)
  }

  async function placesOnTheLeftForearm(): Promise<void> {
    await viewer().getByRole('button', { name: 'Body site' }).click()
    const question = doctor.page.getByRole('dialog', { name: 'Which part of the body is this?' })
    const forearm = question.getByRole('button', { name: 'Forearm, left, no pictures' }).first()
    await forearm.press('Enter')
    await hasFocus(forearm, 'who chooses by key goes on from there')
    await question.getByRole('combobox', { name: 'Body site' }).waitFor()
    assert.equal(await question.getByRole('combobox', { name: 'Body site' }).inputValue(), 'forearm')
    assert.deepEqual(await barriersOf(doctor.page), [])
    await question.getByRole('button', { name: 'Save' }).click()
    await question.waitFor({ state: 'detached' })
  }

  const hasFocus = async (place: Locator, why: string) =>
    waitFor(`the focus is where it belongs: ${why}`, () =>
      place.evaluate((one) => one === document.activeElement),
    )
  /** How much of the width is left of the line, in hundredths of the picture. */
  const lineOn = (present: Locator) =>
    present.evaluate((image) => {
      const pane = image.parentElement
      const [, left] = /^inset\(0px 0px 0px ([\d.]+)px\)$/.exec(pane ? getComputedStyle(pane).clipPath : '') ?? [] // prettier-ignore
      const [at, frame] = [image.getBoundingClientRect(), pane?.getBoundingClientRect()]
      return Math.round((100 * (Number(left) - at.left + (frame?.left ?? 0))) / at.width) / 100
    })
  const leavesTheViewer = () => viewer().getByRole('button', { name: 'Close viewer' }).click()

  it('are placed on the body by the doctor', async () => {
    await adds(first)
    await placesOnTheLeftForearm()
    await leavesTheViewer()
    await adds(second)
    await placesOnTheLeftForearm()
  })

  it('are compared with an earlier one of the same place, which is laid over, and said how surely', async () => {
    await viewer().getByRole('button', { name: 'Compare with earlier' }).click()
    await comparison().getByText('Forearm, left').waitFor()
    const earlier = comparison().getByRole('listitem')
    await earlier.first().waitFor()
    assert.equal(await earlier.count(), 1)
    assert.deepEqual(await barriersOf(doctor.page), [])
    await earlier.getByRole('button').click()
    await hasFocus(comparison().getByRole('application'), 'both pictures have come in the place of the list')
    await comparison().getByText('Good match').waitFor({ timeout: 60_000 })
    await comparison().getByText('Automatic registration; check that landmarks meet. Not for diagnosis.').waitFor() // prettier-ignore
    const laid = comparison().getByRole('img', { name: /laid over the present one$/ })
    await laid.waitFor()
    assert.match(await laid.evaluate((image) => getComputedStyle(image).transform), /^matrix/)
    const present = comparison().getByRole('img', { name: /^Present picture/ })
    assert.match(
      await present.evaluate(({ parentElement }) =>
        parentElement ? getComputedStyle(parentElement).clipPath : '',
      ),
      /^inset\(0px 0px 0px \d/,
      'what is left of the line is not today’s picture',
    )
    for (const mode of ['Side by side', 'Blink', 'Fade', 'Difference', 'Slider']) {
      const button = comparison().getByRole('button', { name: mode, exact: true })
      await button.click()
      assert.equal(await button.getAttribute('aria-pressed'), 'true')
    }
    await comparison().getByRole('slider', { name: 'The earlier picture is left of this line' }).press('End')
    await comparison().getByText('What was measured').click()
    await comparison()
      .getByText(/places found in both pictures agree/)
      .waitFor()
    assert.deepEqual(await barriersOf(doctor.page), [])
    await comparison().getByRole('button', { name: 'Another picture' }).press('Enter')
    await hasFocus(
      comparison().getByRole('heading', { name: 'Choose an earlier picture' }),
      'the list is back',
    )
    await comparison().getByRole('button', { name: 'Close the comparison' }).click()
    await comparison().waitFor({ state: 'detached' })
    await leavesTheViewer()
  })

  it('are looked at together: the patient sees both, with the same line at the same place', async () => {
    await opensNewestPicture(doctor)
    await viewer().getByRole('button', { name: 'Compare with earlier' }).click()
    await comparison().getByRole('listitem').getByRole('button').click()
    await comparison().getByText('Good match').waitFor({ timeout: 60_000 })
    const theirs = patient.page.getByRole('dialog', { name: 'Picture viewer' })
    assert.equal(await theirs.count(), 0, 'nobody sees it before the doctor shows it')
    const show = comparison().getByRole('button', { name: 'Show to patient' })
    await show.click()
    await comparison()
      .getByText(/^Shown to .+, who may see the earlier picture/)
      .waitFor()
    const both = theirs.getByRole('group', { name: 'Both pictures, as the doctor shows them.' })
    await both.getByRole('img', { name: /laid over the present one$/ }).waitFor()
    await theirs.getByText('Automatic registration; check that landmarks meet.').waitFor()
    const present = both.getByRole('img', { name: /^Present picture/ })
    await comparison().getByRole('slider', { name: 'The earlier picture is left of this line' }).fill('0.3')
    await waitFor('the line is where the doctor has it', async () => (await lineOn(present)) === 0.3)
    const width = async () => (await present.boundingBox())?.width ?? 0
    const before = await width()
    // Who follows sees at least the same part, in a window of another shape.
    for (let time = 0; time < 4; time++) await comparison().getByRole('application').press('+')
    await waitFor('it is enlarged here too', async () => (await width()) > 1.2 * before)
    await comparison().getByRole('button', { name: 'Side by side', exact: true }).click()
    await both.getByRole('img', { name: /laid over the present one$/ }).waitFor({ state: 'detached' })
    assert.equal(await both.getByRole('img').count(), 2)
    assert.deepEqual(await barriersOf(patient.page), [])
    await show.click()
    await theirs.waitFor({ state: 'detached' })
    await comparison()
      .getByText(/^Not shown now\./)
      .waitFor()
    await comparison().getByRole('button', { name: 'Close the comparison' }).click()
    await comparison().waitFor({ state: 'detached' })
    await leavesTheViewer()
  })

  it('of something else are not laid over each other, and the doctor is told why', async () => {
    await adds(other)
    await viewer().getByRole('button', { name: 'Compare with earlier' }).click()
    await comparison().getByText('All earlier pictures').click()
    await comparison().getByRole('listitem').first().getByRole('button').click()
    await comparison().getByText('Not laid over each other.').waitFor({ timeout: 60_000 })
    await comparison()
      .getByText(/Too few places were found that both pictures show/)
      .first()
      .waitFor()
    assert.ok(await comparison().getByRole('button', { name: 'Slider', exact: true }).isDisabled())
    assert.equal(await comparison().getByRole('img').count(), 2)
    assert.deepEqual(await barriersOf(doctor.page), [])
    await comparison().getByRole('button', { name: 'Close the comparison' }).click()
    await comparison().waitFor({ state: 'detached' })
    await leavesTheViewer()
  })

  it('are found again on the drawing of the body, by mouse and by keyboard, in their order of time', async () => {
    await doctor.page.getByRole('tab', { name: 'Summary' }).click()
    await doctor.page.getByRole('button', { name: 'Pictures by body site' }).click()
    const atlas = doctor.page.getByRole('dialog', { name: 'Pictures by body site' })
    await atlas.getByRole('list', { name: 'All sites' }).getByText('Forearm, left').waitFor()
    assert.deepEqual(await barriersOf(doctor.page), [])
    const forearm = atlas.getByRole('button', { name: 'Forearm, left, 2 pictures' }).first()
    await forearm.focus()
    await doctor.page.keyboard.press('Enter')
    const series = doctor.page.getByRole('dialog', { name: 'Forearm, left' })
    await hasFocus(series.getByRole('button', { name: 'All body sites' }), 'the drawing has gone')
    await doctor.page.keyboard.press('Enter')
    const line = atlas
      .getByRole('list', { name: 'All sites' })
      .getByRole('button', { name: /^Forearm, left/ })
    await hasFocus(line, 'the series has gone')
    await doctor.page.keyboard.press('Enter')
    await series.getByText(/2 of 2$/).waitFor()
    const earlier = series.getByRole('button', { name: 'Earlier picture' })
    await earlier.press('Enter')
    await series.getByText(/1 of 2$/).waitFor()
    await hasFocus(earlier, 'at the first picture too')
    await doctor.page.keyboard.press('ArrowRight')
    await series.getByText(/2 of 2$/).waitFor()
    await doctor.page.keyboard.press('ArrowLeft')
    await series.getByText(/1 of 2$/).waitFor()
    await series.getByText('Nothing has been drawn to measure on these pictures.').waitFor()
    for (const opened of ['Change the body site', 'Compare with an earlier one']) {
      await series.getByRole('button', { name: opened }).click()
      await doctor.page.getByRole('dialog').nth(1).waitFor()
      await doctor.page.keyboard.press('Escape')
      await doctor.page.getByRole('dialog').nth(1).waitFor({ state: 'detached' })
      assert.ok(await series.isVisible(), 'Escape is for what lies over the series')
    }
    assert.deepEqual(await barriersOf(doctor.page), [])
  })

  it('are not said to be unmeasured, nor comparing to be off, before that is known', async () => {
    // Anew, so that nothing is known yet.
    await doctor.page.reload()
    const asked = Promise.withResolvers<undefined>()
    const late = async (route: Route) => {
      await asked.promise
      await route.continue()
    }
    const refused = (route: Route) => route.abort()
    await doctor.page.route('**/annotations', refused)
    await doctor.page.route('**/api/recognition/switches', late)
    const complaints = doctor.complaints.length
    await doctor.page.getByRole('tab', { name: 'Summary' }).click()
    await doctor.page.getByRole('button', { name: 'Pictures by body site' }).click()
    const atlas = doctor.page.getByRole('dialog', { name: 'Pictures by body site' })
    await atlas.getByRole('button', { name: 'Forearm, left, 2 pictures' }).first().click()
    const series = doctor.page.getByRole('dialog', { name: 'Forearm, left' })
    const again = series.getByRole('button', { name: 'Try again' })
    await again.waitFor()
    assert.equal(await series.getByText('Nothing has been drawn').count(), 0)
    await doctor.page.unroute('**/annotations', refused)
    doctor.complaints.splice(complaints)
    await again.press('Enter')
    await series.getByText('Nothing has been drawn to measure on these pictures.').waitFor()
    await hasFocus(series.getByRole('region', { name: 'Measurements' }), 'the button has gone')

    await series.getByRole('button', { name: 'Compare with an earlier one' }).click()
    await comparison().getByRole('listitem').first().getByRole('button').click()
    await comparison().getByText('Looking for places that both pictures show').waitFor()
    assert.equal(await comparison().getByText('switched off').count(), 0)
    asked.resolve(undefined)
    await comparison().getByText('Good match').waitFor({ timeout: 60_000 })
    await doctor.page.unroute('**/api/recognition/switches', late)
    await comparison().getByRole('button', { name: 'Close the comparison' }).click()
    await comparison().waitFor({ state: 'detached' })
  })

  it('keep what is begun on one of them from landing on the other', async () => {
    const series = doctor.page.getByRole('dialog', { name: 'Forearm, left' })
    await series.getByRole('button', { name: 'Open in the viewer' }).click()
    const stage = viewer().getByRole('application', { name: 'Picture' })
    const older = viewer().getByRole('button', { name: 'Older picture' })
    const newer = viewer().getByRole('button', { name: 'Newer picture' })
    const length = viewer().getByRole('textbox', { name: 'Length of this line' })
    await stage.focus()
    // A calibration that only lacks its length; and a line that only lacks its end.
    for (const key of ['k', 'Enter', 'ArrowRight', 'ArrowRight', 'Enter'])
      await doctor.page.keyboard.press(key)
    await length.waitFor()
    const other = (await older.isEnabled()) ? older : newer
    await other.click()
    await length.waitFor({ state: 'detached' })
    await stage.focus()
    for (const key of ['ArrowLeft', 'Enter']) await doctor.page.keyboard.press(key)
    await (other === older ? newer : older).click()
    await length.waitFor()
    await length.press('Escape')
    await length.waitFor({ state: 'detached' })
    await stage.focus()
    await doctor.page.keyboard.press('Enter')
    assert.equal(await length.count(), 0, 'one place is not a line')
    nobodyComplains(doctor, patient)
  })
})
