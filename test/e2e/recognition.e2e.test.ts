import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { snapshotEntity } from '#server/records/picture.entity.ts'
import { barriersOf } from '#test/support/barriers.ts'
import type { DemoClinic } from '#test/support/demo-clinic.ts'
import { colourNetwork, putFiles, putModel } from '#test/support/own-models.ts'
import { aDoctor, nobodyComplains } from '#test/support/people.ts'
import type { Doctor, Patient } from '#test/support/people.ts'
import { aTalk, keller, tellsOneStory } from '#test/support/story.ts'
import type { Talk } from '#test/support/story.ts'
import { tempFolder } from '#test/support/temp.ts'
import { waitFor } from '#test/support/wait-for.ts'

describe('what models say of a picture in a visit', function () {
  this.timeout(120_000)
  let talk: Talk
  let patient: Patient
  let doctor: Doctor
  let sha256: string

  before(async () => {
    const folder = await tempFolder('models')
    sha256 = await putModel(folder, colourNetwork())
    await putFiles(folder, 'half-there', {})
    // The demo leaves these two off.
    const letsIt = (_: Patient, clinic: DemoClinic) => clinic.switchesOn('sensitiveContent', 'pictureType')
    talk = await aTalk('embedded', 'A spot on the arm', letsIt, { OWN_MODELS_DIR: folder })
    ;({ patient, doctor } = talk)
    await doctor.asksForPicture()
    await patient.allowsPicture(keller.name)
    await doctor.seesSnapshots()
    await patient.seesSnapshots()
  })
  tellsOneStory()
  after(() => talk.end())

  const picturesOf = ({ page }: { page: Page }) => page.getByRole('region', { name: 'Snapshots' })
  const viewerOf = ({ page }: { page: Page }) => page.getByRole('dialog', { name: 'Picture viewer' })
  const original = (who: { page: Page }) => picturesOf(who).getByRole('img', { name: /^Original picture/ })
  const question = (who: { page: Page }) =>
    viewerOf(who).getByRole('alertdialog', { name: 'This picture may show intimate parts' })
  const stage = (who: { page: Page }) => viewerOf(who).getByRole('application', { name: 'Picture' })
  const opensCovered = (who: { page: Page }) =>
    picturesOf(who)
      .getByRole('button', { name: /^Original picture, .*, covered$/ })
      .click({ position: { x: 8, y: 8 } })
  const isBlurred = (picture: Locator) =>
    picture.evaluate((image) => getComputedStyle(image).filter.includes('blur'))

  /** The picture is a test card, which shows nothing: it is kept as if the guard had taken it for more. */
  async function isTakenForIntimate(): Promise<void> {
    const [house] = talk.clinic.houses
    assert.ok(house)
    const snapshot = await waitFor('the guard has answered', () =>
      house.db.read(async (tx) => {
        const [newest] = await tx.manager.find(snapshotEntity, { order: { takenAt: 'DESC' }, take: 1 })
        return newest?.contentWanted === null ? newest : null
      }),
    )
    assert.ok(snapshot?.consultId)
    const models = [{ name: 'content', version: '1', sha256: 'a'.repeat(64) }]
    const content = { sensitive: true, sensitivity: 0.97, type: 'skin', types: [], models }
    await house.db.write((tx) =>
      tx.manager.update(snapshotEntity, { id: snapshot.id }, { contentJson: JSON.stringify(content) }),
    )
    house.consult.tell(snapshot.consultId, 'snapshot:described', { snapshotId: snapshot.id })
  }

  it('shows an ordinary picture to both, with a guess of what it is for the doctor at most', async () => {
    for (const who of [doctor, patient]) {
      await picturesOf(who).getByText('Being checked by a program').first().waitFor({ state: 'detached' })
      assert.equal(await isBlurred(original(who)), false)
      assert.equal(await picturesOf(who).getByText('May show intimate parts').count(), 0)
    }
    assert.equal(await picturesOf(patient).getByText('guessed').count(), 0)
  })

  it('covers one that may be intimate for both: blurred, and said so to those who listen', async () => {
    await isTakenForIntimate()
    for (const who of [doctor, patient]) {
      await picturesOf(who).getByText('May show intimate parts').first().waitFor()
      await picturesOf(who)
        .getByRole('img', { name: /^Original picture, .*, covered$/ })
        .waitFor()
      assert.equal(await isBlurred(original(who)), true)
      assert.deepEqual(await barriersOf(who.page), [])
    }
    await picturesOf(doctor).getByText('Skin? – guessed').waitFor()
    assert.equal(await picturesOf(patient).getByText('guessed').count(), 0)
  })

  it('covers it in the chart too', async () => {
    await doctor.page.getByRole('tab', { name: 'Summary' }).click()
    const inChart = doctor.page.getByRole('img', { name: /^Picture of .*, covered$/ }).first()
    await inChart.waitFor()
    assert.equal(await isBlurred(inChart), true)
    await doctor.page.getByRole('tab', { name: 'Pictures' }).click()
  })

  it('asks the patient before their own picture is shown large, and takes no for an answer', async () => {
    await opensCovered(patient)
    await question(patient).waitFor()
    assert.deepEqual(await barriersOf(patient.page), [])
    assert.equal(await stage(patient).count(), 0)
    await question(patient).getByRole('button', { name: 'Not now' }).click()
    await viewerOf(patient).waitFor({ state: 'detached' })
    assert.equal(await isBlurred(original(patient)), true)
  })

  it('asks the patient also when it is the doctor who shows it', async () => {
    await opensCovered(doctor)
    // By keyboard: the harmless answer has the focus, Show is the next one.
    await question(doctor)
      .getByRole('button', { name: 'Not now' })
      .and(doctor.page.locator(':focus'))
      .waitFor()
    await doctor.page.keyboard.press('Escape')
    await viewerOf(doctor).waitFor({ state: 'detached' })
    await opensCovered(doctor)
    await question(doctor).waitFor()
    await doctor.page.keyboard.press('Tab')
    await doctor.page.keyboard.press('Enter')
    await stage(doctor).waitFor()
    await viewerOf(doctor)
      .getByRole('button', { name: 'Show to patient' })
      .filter({ visible: true })
      .first()
      .click()
    await question(patient).waitFor()
    assert.equal(await stage(patient).count(), 0)
    await question(patient).getByRole('button', { name: 'Show' }).click()
    await stage(patient).waitFor()
  })

  it('asks once: who has seen it in this sitting finds it uncovered', async () => {
    // What the doctor shows goes away for the patient when the doctor closes it: the patient goes first.
    for (const who of [patient, doctor]) {
      await viewerOf(who).getByRole('button', { name: 'Close viewer' }).click()
      await viewerOf(who).waitFor({ state: 'detached' })
      await waitFor('it is uncovered', async () => !(await isBlurred(original(who))))
      await original(who).click()
      await stage(who).waitFor()
      await viewerOf(who).getByRole('button', { name: 'Close viewer' }).click()
      await viewerOf(who).waitFor({ state: 'detached' })
    }
  })

  it('is covered again when the page is opened anew, and uncovered in the list by Show', async () => {
    await doctor.page.reload()
    await doctor.page.getByRole('tab', { name: 'Pictures' }).click()
    await picturesOf(doctor)
      .getByRole('button', { name: /^Show: Original picture/ })
      .press('Enter')
    await waitFor('it is uncovered', async () => !(await isBlurred(original(doctor))))
    await picturesOf(doctor)
      .getByRole('button', { name: /^Original picture/ })
      .and(doctor.page.locator(':focus'))
      .waitFor()
    await doctor.sees('Aisha Rahman')
  })

  it("lets the doctor run the clinic's own model, and says by whom the answer is and what it is not", async () => {
    await original(doctor).click()
    await viewerOf(doctor).getByRole('tab', { name: 'Look inside' }).click()
    const own = viewerOf(doctor).getByRole('region', { name: "Your clinic's models" })
    await own.getByText('colour-of-skin').waitFor()
    await own.getByRole('button', { name: 'Look at this picture' }).click()
    await own.getByText('Not for diagnosis').waitFor()
    await own.getByText(`colour-of-skin 1.2.0, SHA-256 ${sha256.slice(0, 12)}`).waitFor()
    assert.equal(await own.getByRole('row').count(), 1 + 3)
    await own.getByRole('columnheader', { name: "Model's score" }).waitFor()
    await own.getByText('It is not the probability that the patient has a disease.').waitFor()
    assert.deepEqual(await barriersOf(doctor.page), [])
    const [house] = talk.clinic.houses
    assert.equal((await house?.audit.search({ action: 'snapshot.own_model', limit: 5 }))?.length, 1)
  })

  it('lets an administrator decide for one clinic, and have it follow the hospital again, by keyboard', async () => {
    const office = await aDoctor(talk.clinic.doctorsUrl)
    await office.signsIn('admin@demo.bedside.example')
    await office.page.goto(`${talk.clinic.doctorsUrl}/admin?section=recognition`)
    await office.page
      .getByRole('combobox', { name: 'Decide for' })
      .selectOption({ label: 'Harbourview Clinic East' })
    const focused = office.page.locator(':focus')
    const choice = office.page.getByRole('switch', { name: 'Guess what kind of picture it is' })
    const follow = office.page.getByRole('button', { name: 'Follow Harbourview Hospital again' })
    await choice.and(office.page.locator(':checked')).waitFor()
    assert.equal(await follow.count(), 0)
    await choice.press('Space')
    await follow.waitFor()
    assert.equal(await choice.isChecked(), false)
    await choice.and(focused).waitFor()
    assert.deepEqual(await barriersOf(office.page), [])
    await follow.press('Enter')
    await follow.waitFor({ state: 'detached' })
    await waitFor('it is on again', () => choice.isChecked())
    await choice.and(focused).waitFor()
    nobodyComplains(office)
    await office.leavesTheRoom()
  })

  it('lets the doctor read the card of each model', async () => {
    const page = await doctor.context.newPage()
    await page.goto(`${talk.clinic.doctorsUrl}/models#colour-of-skin`)
    await page.getByRole('region', { name: 'colour-of-skin' }).getByText('CC-BY-4.0').waitFor()
    await page
      .getByRole('region', { name: 'half-there' })
      .getByText('Its folder has no manifest.json.')
      .waitFor()
    assert.deepEqual(await barriersOf(page), [])
    await page.close()
  })

  it('goes well in both pages', () => nobodyComplains(patient, doctor))
})
