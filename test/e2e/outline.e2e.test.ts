import assert from 'node:assert/strict'
import type { Route } from 'playwright-core'
import sharp from 'sharp'
import { drawLesion, lesionScenes } from '#server/imaging/recognition/outline/test/synthetic-lesions.ts'
import { nobodyComplains } from '#test/support/people.ts'
import type { Doctor, Patient } from '#test/support/people.ts'
import { aTalk, keller, tellsOneStory } from '#test/support/story.ts'
import type { Talk } from '#test/support/story.ts'
import { waitFor } from '#test/support/wait-for.ts'

describe('an outline that the computer proposes', function () {
  this.timeout(120_000)
  let talk: Talk
  let patient: Patient
  let doctor: Doctor
  const scene = lesionScenes(12)[9]
  assert.ok(scene)
  const { picture, box, truth } = drawLesion(scene)

  before(async () => {
    talk = await aTalk('embedded', 'A mole')
    ;({ patient, doctor } = talk)
  })
  tellsOneStory()
  after(() => talk.end())

  const viewerOf = ({ page }: { page: Doctor['page'] }) =>
    page.getByRole('dialog', { name: 'Picture viewer' })
  const viewer = () => viewerOf(doctor)
  const bar = () => viewer().getByRole('group', { name: 'Outline', exact: true })
  const marks = () => viewer().getByRole('list', { name: 'Marks' })
  const button = (name: string) => viewer().getByRole('button', { name, exact: true }).filter({ visible: true }).first() // prettier-ignore

  it('appears when the doctor draws a box around a mole', async () => {
    const { width, height } = picture
    const jpeg = await sharp(picture.rgb, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 92 })
      .toBuffer()
    await doctor.page.getByRole('tab', { name: 'Pictures' }).click()
    const chooser = doctor.page.waitForEvent('filechooser')
    await doctor.page.getByRole('button', { name: 'Add a picture' }).click()
    await (await chooser).setFiles({ name: 'mole.jpg', mimeType: 'image/jpeg', buffer: jpeg })
    const own = doctor.page.getByRole('dialog', { name: 'Add this picture?' })
    await own.getByRole('button', { name: 'Add', exact: true }).click()
    await own.waitFor({ state: 'detached' })
    await doctor.page.getByRole('img', { name: /^Enhanced picture/ }).first().click() // prettier-ignore
    await button('Show to patient').click()
    await button('Original').click()
    await button('Outline from a box or a tap').click()
    const place = await placesOnScreen()
    await doctor.page.mouse.move(...place(box.left, box.top))
    await doctor.page.mouse.down()
    await doctor.page.mouse.move(...place(box.left + box.width / 2, box.top + box.height), { steps: 3 })
    await doctor.page.mouse.move(...place(box.left + box.width, box.top + box.height), { steps: 3 })
    await doctor.page.mouse.up()
    await bar().getByText('Proposed by the computer. Check it before you keep it.').waitFor()
    await bar()
      .getByText(/Colour difference at the edge: \d+/)
      .waitFor()
  })

  it('is corrected by a tap on what does not belong to it', async () => {
    const place = await placesOnScreen()
    await button('This does not').click()
    await bar().getByText('Tap what does not belong to it.').waitFor()
    await doctor.page.mouse.click(...place(box.left + 2, box.top + 2))
    await bar().getByText('Proposed by the computer. Check it before you keep it.').waitFor()
  })

  it('is seen whole on a phone, with all that can be done to it below the picture', async () => {
    await doctor.page.setViewportSize({ width: 390, height: 844 })
    const handles = viewer().getByRole('button', { name: /^Point \d+ of \d+$/ })
    await waitFor('the picture and its outline are above the buttons', async () => {
      const below = await bar().boundingBox()
      const shown = await viewer().getByRole('img', { name: /^Original picture/ }).first().boundingBox() // prettier-ignore
      const points = await Promise.all((await handles.all()).map((one) => one.boundingBox()))
      return [shown, ...points].every((one) => one && below && one.y + one.height <= below.y)
    })
    assert.ok(await button('Keep').isVisible())
    await doctor.page.setViewportSize({ width: 1440, height: 900 })
  })

  it('is not seen by the patient before the doctor has kept it', async () => {
    await viewerOf(patient).getByText(`Following ${keller.name}`).waitFor()
    assert.equal(await viewerOf(patient).locator('[data-kind="outline"]').count(), 0)
  })

  it('follows when the doctor drags a point, and when keys move, add and remove one', async () => {
    const handles = viewer().getByRole('button', { name: /^Point \d+ of \d+$/ })
    const [first] = await handles.all()
    assert.ok(first)
    const from = await first.boundingBox()
    assert.ok(from)
    const grip = [from.x + from.width / 2, from.y + from.height / 2] as const
    await doctor.page.mouse.move(...grip)
    await doctor.page.mouse.down()
    await doctor.page.mouse.move(grip[0] - 20, grip[1] - 25, { steps: 4 })
    await doctor.page.mouse.up()
    await waitFor('the point has followed', async () => {
      const now = await first.boundingBox()
      return now !== null && Math.abs(now.x + now.width / 2 - (grip[0] - 20)) < 2
    })
    const sides = async () => ((await viewer().getByTestId('outline-editing').first().locator('path').first().getAttribute('d')) ?? '').split('L').length // prettier-ignore
    const count = await sides()
    const second = handles.nth(1)
    await second.focus()
    const before = await second.boundingBox()
    for (let step = 0; step < 5; step++) await doctor.page.keyboard.press('ArrowRight')
    await waitFor('the arrow keys have moved it', async () => {
      const now = await second.boundingBox()
      return before !== null && now !== null && Math.abs(now.x - before.x - 20) < 3
    })
    await second.press('Enter')
    await waitFor('there is one point more', async () => (await sides()) > count)
    const held = () =>
      handles.evaluateAll((all) =>
        all.some((one) => one === document.activeElement && 'selected' in (one as HTMLElement).dataset),
      )
    await waitFor('the new point has the focus', held)
    await doctor.page.keyboard.press('Delete')
    await waitFor('it is gone', async () => (await sides()) <= count)
    await waitFor('the next point has the focus', held)
    const after = await sides()
    await button('Remove point').press('Enter')
    await waitFor('there is one point less', async () => (await sides()) < after)
    assert.ok(await button('Remove point').evaluate((one) => one === document.activeElement))
    await button('Add point').click()
  })

  it('is kept as the doctor’s own, and the patient sees it', async () => {
    await button('Keep').click()
    await bar().waitFor({ state: 'detached' })
    await marks()
      .getByText(/^Outline: .* px²/)
      .waitFor()
    await viewerOf(patient).locator('[data-kind="outline"]').first().waitFor({ state: 'attached' })
    await viewerOf(patient).getByTestId('marks').getByText(/px²/).first().waitFor() // prettier-ignore
  })

  it('has its numbers, which are nearly those of the drawn mole, and no score', async () => {
    const refused = (route: Route) =>
      route.request().resourceType() === 'fetch' ? route.abort() : route.fallback()
    await doctor.page.route('**/original', refused)
    const complaints = doctor.complaints.length
    await marks().getByText('Numbers', { exact: true }).click()
    const numbers = marks().getByRole('listitem').first()
    const again = numbers.getByRole('button', { name: 'Try again' })
    await again.waitFor()
    doctor.complaints.splice(complaints)
    await doctor.page.unroute('**/original', refused)
    await again.click()
    await numbers.getByText(`Measured from an outline proposed by the computer, changed by ${keller.name}. No score, not a diagnosis.`).waitFor() // prettier-ignore
    for (const name of [
      'Area',
      'Perimeter',
      'Axes',
      'A, asymmetry',
      'B, border',
      'C, colours',
      'D, diameter',
    ])
      await numbers.getByText(name, { exact: true }).waitFor()
    await numbers.getByText(/\d colours?, spread [\d.]+ ΔE/).waitFor()
    await numbers.getByText(/px; not calibrated, so not in mm/).waitFor()
    const words = await numbers.getByText(/^[\d,]+ px²$/).innerText() // prettier-ignore
    const area = Number(words.replaceAll(/[^\d]/g, ''))
    const drawn = truth.reduce((count, one) => count + (one === 0 ? 0 : 1), 0)
    assert.ok(Math.abs(area / drawn - 1) < 0.2, `${words}, drawn ${drawn}`)
  })

  it('can be changed again, and what was kept before goes', async () => {
    await marks().getByRole('button', { name: 'Change outline' }).click()
    await viewer().getByRole('button', { name: /^Point 3 of/ }).focus() // prettier-ignore
    for (let step = 0; step < 4; step++) await doctor.page.keyboard.press('ArrowDown')
    await button('Keep').click()
    await waitFor('there is one outline again', async () => (await marks().getByRole('listitem').count()) === 1 && (await viewerOf(patient).locator('[data-kind="outline"]').count()) === 1) // prettier-ignore
  })

  it('hands the keys back to the picture when it is kept, and when Escape discards a change', async () => {
    const picture = viewer().getByRole('application', { name: 'Picture' }).and(doctor.page.locator(':focus'))
    await picture.waitFor()
    await marks().getByText('Numbers', { exact: true }).click()
    await marks().getByRole('button', { name: 'Change outline' }).click()
    await viewer().getByRole('button', { name: /^Point 3 of/ }).focus() // prettier-ignore
    await doctor.page.keyboard.press('Escape')
    await bar().waitFor({ state: 'detached' })
    await picture.waitFor()
    assert.equal(await marks().getByRole('listitem').count(), 1)
  })

  it('stays at hand, and the old one too, when the new one cannot be saved', async () => {
    const refused = (route: Route) => (route.request().method() === 'POST' ? route.abort() : route.fallback())
    await doctor.page.route('**/annotations', refused)
    await marks().getByRole('button', { name: 'Change outline' }).click()
    await viewer().getByRole('button', { name: /^Point 3 of/ }).focus() // prettier-ignore
    await doctor.page.keyboard.press('ArrowDown')
    const before = doctor.complaints.length
    await button('Keep').click()
    await waitFor('the save was refused', () => doctor.complaints.length > before)
    doctor.complaints.splice(before)
    assert.ok(await bar().isVisible())
    await doctor.page.unroute('**/annotations', refused)
    await waitFor('it can be kept now', async () => {
      if ((await bar().locator('[data-busy]').count()) > 0) return false
      await button('Keep').click()
      return true
    })
    await bar().waitFor({ state: 'detached' })
    await waitFor('there is one outline again', async () => (await marks().getByRole('listitem').count()) === 1) // prettier-ignore
  })

  it('is refused where nothing stands out', async () => {
    await button('Outline from a box or a tap').click()
    const place = await placesOnScreen()
    await doctor.page.mouse.click(...place(30, 30))
    await bar().getByText(/^No edge was found around this place|^Nothing here stands out/).waitFor() // prettier-ignore
    await button('Discard').click()
    nobodyComplains(doctor, patient)
  })

  /** From pixels of the picture to the doctor's screen. */
  async function placesOnScreen() {
    const shown = await viewer().getByRole('img', { name: /^Original picture/ }).first().boundingBox() // prettier-ignore
    assert.ok(shown)
    return (x: number, y: number) =>
      [shown.x + (x / picture.width) * shown.width, shown.y + (y / picture.height) * shown.height] as const
  }
})
