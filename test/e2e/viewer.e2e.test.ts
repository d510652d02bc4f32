import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { nobodyComplains } from '#test/support/people.ts'
import type { Doctor, Patient } from '#test/support/people.ts'
import { aisha, aTalk, keller, tellsOneStory } from '#test/support/story.ts'
import type { Talk } from '#test/support/story.ts'
import { opensNewestPicture } from '#test/support/viewer.ts'
import { waitFor } from '#test/support/wait-for.ts'

describe('a picture that doctor and patient look at together', function () {
  this.timeout(120_000)
  let talk: Talk
  let patient: Patient
  let doctor: Doctor

  before(async () => {
    talk = await aTalk('spread', 'A spot on the arm')
    ;({ patient, doctor } = talk)
    await doctor.asksForPicture()
    await patient.allowsPicture(keller.name)
    await doctor.seesSnapshots()
    await patient.seesSnapshots()
  })
  tellsOneStory()
  after(() => talk.end())

  const viewerOf = ({ page }: { page: Page }) => page.getByRole('dialog', { name: 'Picture viewer' })
  const stageOf = (who: { page: Page }) => viewerOf(who).getByRole('application', { name: 'Picture' })
  const choice = (who: { page: Page }, name: string) =>
    viewerOf(who).getByRole('button', { name, exact: true }).filter({ visible: true }).first()
  const label = (who: { page: Page }, words: string | RegExp) =>
    viewerOf(who).getByTestId('marks').getByText(words).first()

  it('opens for the patient when the doctor shows it', async () => {
    await opensNewestPicture(doctor)
    assert.equal(await viewerOf(patient).isVisible(), false)
    await choice(doctor, 'Show to patient').click()
    await viewerOf(doctor).getByText(`${aisha.name} sees this`).waitFor()
    await viewerOf(patient).getByText(`Following ${keller.name}`).waitFor()
    for (const who of [doctor, patient]) await drawn(viewerOf(who))
  })

  it('is seen closer by the patient when the doctor goes closer', async () => {
    const whole = await seen(viewerOf(patient))
    assert.ok(whole.width > 0.999 && whole.height > 0.999)
    const { x, y, width, height } = await boxOf(stageOf(doctor))
    await doctor.page.mouse.move(x + width * 0.35, y + height * 0.4)
    for (let turn = 0; turn < 4; turn++) await doctor.page.mouse.wheel(0, -240)
    await waitFor('the doctor is closer', async () => (await seen(viewerOf(doctor))).width < 0.5)
    const doctors = await seen(viewerOf(doctor))
    await waitFor('the patient sees all that the doctor sees, and not much more', async () => {
      const theirs = await seen(viewerOf(patient))
      const slack = 0.005
      return (
        theirs.x <= doctors.x + slack &&
        theirs.y <= doctors.y + slack &&
        theirs.x + theirs.width >= doctors.x + doctors.width - slack &&
        theirs.y + theirs.height >= doctors.y + doctors.height - slack &&
        (theirs.width < doctors.width + 0.05 || theirs.height < doctors.height + 0.05)
      )
    })
    await stageOf(doctor).press('0')
    await waitFor(
      'the patient sees the whole again',
      async () => (await seen(viewerOf(patient))).width > 0.999,
    )
  })

  it('is measured by the doctor, in pixels and by a calibration in millimetres, and the patient sees the numbers', async () => {
    await choice(doctor, 'Original').click()
    await choice(doctor, 'Ruler').click()
    const { x, y, width, height } = await boxOf(stageOf(doctor))
    await doctor.page.mouse.move(x + width * 0.4, y + height * 0.4)
    await doctor.page.mouse.down()
    await doctor.page.mouse.move(x + width * 0.5, y + height * 0.4, { steps: 4 })
    await doctor.page.mouse.up()
    await label(doctor, /^\d[\d,]* px$/).waitFor()
    await label(patient, /^\d[\d,]* px$/).waitFor()

    // By keyboard alone: the crosshair goes from the middle.
    await stageOf(doctor).focus()
    await doctor.page.keyboard.press('k')
    await doctor.page.keyboard.press('Enter')
    for (let step = 0; step < 10; step++) await doctor.page.keyboard.press('ArrowRight')
    await doctor.page.keyboard.press('Enter')
    await viewerOf(doctor).getByLabel('Length of this line').fill('20')
    await doctor.page.keyboard.press('Enter')
    await label(patient, '20 mm, manual calibration').waitFor()
    await label(patient, /^\d[\d,.]* mm$/).waitFor()
    const marks = viewerOf(doctor).getByRole('list', { name: 'Marks' })
    await marks.getByText(/^Ruler: .* mm$/).waitFor()
    const bar = viewerOf(patient).getByTestId('scale-bar')
    await bar.tap()
    await viewerOf(patient).getByText('By manual calibration').waitFor()
    await bar.tap()
    await viewerOf(patient).getByText('By manual calibration').waitFor({ state: 'detached' })
  })

  it('loses a mark that the doctor takes back, for both', async () => {
    await stageOf(doctor).press('Control+z')
    await label(patient, '20 mm, manual calibration').waitFor({ state: 'detached' })
    await stageOf(doctor).press('Control+y')
    await label(patient, '20 mm, manual calibration').waitFor()
  })

  it('is compared by a line between before and after that both see, moved by keyboard', async () => {
    await choice(doctor, 'Slider').click()
    const [doctors, patients] = [doctor, patient].map((who) =>
      viewerOf(who).getByRole('slider', { name: 'Before and after' }),
    ) as [Locator, Locator]
    await patients.waitFor()
    for (const who of [doctor, patient])
      await nothingLiesOver(viewerOf(who).getByTestId('scale-bar'), stageOf(who).getByText('Enhanced'))
    assert.equal(await patients.getAttribute('aria-valuenow'), '50')
    await doctors.focus()
    for (let step = 0; step < 3; step++) await doctor.page.keyboard.press('PageUp')
    await waitFor('the patient sees more of the original', async () => (await patients.getAttribute('aria-valuenow')) === '80') // prettier-ignore
  })

  it('blinks between before and after for both', async () => {
    await choice(doctor, 'Blink').click()
    const blinking = viewerOf(patient).getByRole('button', { name: 'The other one' })
    await nothingLiesOver(viewerOf(patient).getByTestId('scale-bar'), blinking)
    for (const who of [doctor, patient]) {
      for (const side of ['Original', 'Enhanced']) {
        await waitFor(
          `${side} has its turn`,
          () =>
          viewerOf(who).getByRole('img', { name: new RegExp(`^${side} picture`) }).isVisible(), // prettier-ignore
        )
      }
    }
  })

  it('is pointed at by the patient, and the doctor sees where', async () => {
    await choice(doctor, 'Original').click()
    await viewerOf(patient).getByRole('button', { name: 'Original', pressed: true }).first().waitFor()
    const { x, y, width, height } = await boxOf(stageOf(patient))
    await patient.page.touchscreen.tap(x + width / 2, y + height / 2)
    const pointer = viewerOf(doctor).getByTestId('pointer').filter({ hasText: aisha.name })
    const stage = await boxOf(stageOf(doctor))
    await waitFor('the finger is seen where it is on the picture', async () => {
      const [left] = await pointer.evaluateAll((found) => found.map((one) => one.getBoundingClientRect().left + 9)) // prettier-ignore
      return left !== undefined && Math.abs(left - (stage.x + stage.width / 2)) < 12
    })
  })

  it('is looked at freely by a patient who wants to, and together again', async () => {
    await choice(patient, 'Look around myself').click()
    await choice(doctor, 'Side by side').click()
    await choice(patient, 'Larger').click()
    await waitFor('the patient has come closer alone', async () => (await seen(viewerOf(patient))).height < 0.999 || (await seen(viewerOf(patient))).width < 0.999) // prettier-ignore
    await choice(patient, 'Follow again').click()
    await viewerOf(patient).getByRole('button', { name: 'Side by side', pressed: true }).first().waitFor()
    await waitFor(
      'the patient sees the whole again',
      async () => (await seen(viewerOf(patient))).width > 0.999,
    )
  })

  it('is shown again to a patient who comes back', async () => {
    for (const { realtime } of talk.clinic.houses)
      realtime.disconnectHere(({ actor }) => actor.role === 'patient')
    await patient.page.reload()
    await viewerOf(patient).getByText(`Following ${keller.name}`).waitFor()
  })

  it('goes away with the doctor, and nothing went wrong in either browser', async () => {
    await choice(doctor, 'Close viewer').click()
    await viewerOf(patient).waitFor({ state: 'detached' })
    await viewerOf(doctor).waitFor({ state: 'detached' })
    nobodyComplains(patient, doctor)
  })
})

async function drawn(viewer: Locator): Promise<void> {
  const image = viewer.getByRole('img').first()
  await waitFor('the picture is drawn', () =>
    image.evaluate((one: HTMLImageElement) => one.naturalWidth > 100),
  )
}

/** The part of the picture that can be seen in its pane, in shares of its size. */
async function seen(viewer: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  return viewer
    .locator('img')
    .first()
    .evaluate((image) => {
      // prettier-ignore
      const [whole, pane] = [image.getBoundingClientRect(), image.parentElement?.getBoundingClientRect() ?? new DOMRect()] // prettier-ignore
      const from = (edge: number, start: number, size: number) =>
        Math.min(1, Math.max(0, (edge - start) / size))
      const [left, right] = [
        from(pane.left, whole.left, whole.width),
        from(pane.right, whole.left, whole.width),
      ]
      const [top, bottom] = [
        from(pane.top, whole.top, whole.height),
        from(pane.bottom, whole.top, whole.height),
      ]
      return { x: left, y: top, width: right - left, height: bottom - top }
    })
}

/** What is over the picture has its own place. */
async function nothingLiesOver(one: Locator, other: Locator): Promise<void> {
  const [a, b] = [await boxOf(one), await boxOf(other)]
  const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
  assert.ok(apart, `${JSON.stringify(a)} and ${JSON.stringify(b)}`)
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  assert.ok(box)
  return box
}
