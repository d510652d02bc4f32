import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { nobodyComplains } from '#test/support/people.ts'
import type { Doctor, Patient } from '#test/support/people.ts'
import { aisha, aTalk, keller, tellsOneStory } from '#test/support/story.ts'
import type { Talk } from '#test/support/story.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { aRash, filmsARash, type Light } from '#test/support/rash.ts'

describe('pictures in a consult', function () {
  this.timeout(120_000)
  let talk: Talk
  let patient: Patient
  let doctor: Doctor
  let light: (light: Light) => Promise<void>

  before(async () => {
    talk = await aTalk('embedded', 'Rash', async (atHome) => void (light = await filmsARash(atHome)))
    ;({ patient, doctor } = talk)
  })
  tellsOneStory()
  after(() => talk.end())

  const question = () => patient.page.getByRole('dialog', { name: `${keller.name} asks to take a picture` })
  const snapshots = () => doctor.page.getByRole('region', { name: 'Snapshots' })
  const newest = () => snapshots().getByRole('listitem').first()
  const count = () => snapshots().getByRole('listitem').count()

  it('that are good are sent at the yes', async () => {
    await doctor.asksForPicture()
    await patient.allowsPicture(keller.name)
    await doctor.seesSnapshots()
    await newest().getByText('Taken in the call').waitFor()
    assert.equal(await snapshots().getByRole('button', { name: 'Ask again' }).count(), 0)
  })

  it('come small to lists, for weak lines, and large to who opens them', async () => {
    const strip = patient.page.getByRole('region', { name: 'Snapshots' })
    for (const region of [strip, snapshots()]) {
      const shown = region.getByRole('img')
      await waitFor('both forms are shown', async () => (await shown.count()) === 2)
      const widths = () =>
        shown.evaluateAll((pictures: HTMLImageElement[]) => pictures.map((picture) => picture.naturalWidth))
      await waitFor('both are loaded', async () => (await widths()).every((width) => width > 0))
      // The first may be the picture as it was taken, for who waited long for it.
      assert.equal((await widths()).at(-1), 512)
    }
    const sources = (page: Page) =>
      page
        .locator('img')
        .evaluateAll((pictures: HTMLImageElement[]) =>
          pictures.map(({ currentSrc }) => currentSrc.replace(/^.*\//, '')),
        )
    for (const { page } of [patient, doctor])
      assert.deepEqual(
        (await sources(page)).filter((variant) => !/^(preview|thumbnail)$/.test(variant)),
        [],
      )
    await newest().getByRole('img').last().click()
    await waitFor('the whole picture comes', async () => (await sources(doctor.page)).includes('enhanced'))
    await doctor.page.keyboard.press('Escape')
  })

  it('that are too dark are shown to the patient first, with the reason, and taken again', async () => {
    await light('dark')
    await doctor.asksForPicture()
    await question().getByText('More light', { exact: true }).waitFor()
    await question().getByRole('button', { name: 'Allow' }).click()
    await question().getByText('Too dark', { exact: true }).waitFor()
    assert.equal(await count(), 1, 'nothing was sent yet')
    await question().getByRole('button', { name: 'Take again' }).click()
    await light('day')
    await question().getByText('Good', { exact: true }).waitFor()
    await question().getByRole('button', { name: 'Take picture' }).click()
    await question().getByText('The picture is sharp and well lit.').waitFor()
    await question().getByRole('button', { name: 'Use this picture' }).click()
    await question().waitFor({ state: 'detached' })
    await waitFor('the second picture is there', async () => (await count()) === 2)
  })

  it('are looked at ten times a second and more while the camera is set up', async () => {
    await doctor.asksForPicture()
    await question().getByRole('button', { name: 'Set it up first' }).click()
    const looks = () =>
      question()
        .locator('[data-looks]')
        .evaluate((preview: HTMLElement) => Number(preview.dataset['looks']))
    await question().getByText('Good', { exact: true }).waitFor()
    const [before, since] = [await looks(), performance.now()]
    const after = await waitFor('thirty more looks', async () =>
      (await looks()) >= before + 30 ? looks() : 0,
    )
    const rate = ((after - before) * 1000) / (performance.now() - since)
    assert.ok(rate >= 10, `only ${rate.toFixed(1)} looks a second`)
    await question().getByRole('button', { name: 'Not now' }).click()
    await question().waitFor({ state: 'detached' })
  })

  it('can be taken with the other camera, and the talk goes on with the first', async () => {
    const filming = (name: string) =>
      patient.page
        .locator(`video[aria-label="${name}"]`)
        .evaluate((video: HTMLVideoElement) =>
          video.srcObject instanceof MediaStream
            ? video.srcObject.getVideoTracks()[0]?.getSettings().deviceId
            : undefined,
        )
    const preview = 'Picture from your camera'
    await doctor.asksForPicture()
    await question().getByRole('button', { name: 'Set it up first' }).click()
    assert.equal(await filming(preview), 'front')
    await question().getByRole('button', { name: 'Other camera' }).click()
    await waitFor('the back camera films', async () => (await filming(preview)) === 'back')
    await doctor.sees(aisha.name)
    await question().getByRole('button', { name: 'Take picture' }).click()
    await question().getByRole('button', { name: 'Use this picture' }).click()
    await waitFor('the picture of the back camera is there', async () => (await count()) === 3)
    await waitFor(
      'the front camera films again',
      async () => (await filming(`Video of ${aisha.name}`)) === 'front',
    )
    await doctor.sees(aisha.name)
  })

  it('that came out blurred are asked for again, and the patient reads why', async () => {
    await light('blurred')
    await doctor.asksForPicture()
    await question().getByRole('button', { name: 'Allow' }).click()
    await question().getByText('Blurred', { exact: true }).waitFor()
    await question().getByRole('button', { name: 'Use this picture' }).click()
    await newest().getByText('Blurred', { exact: true }).waitFor()
    await newest().getByRole('button', { name: 'Ask again' }).click()
    await question().getByText('The picture before was blurred.', { exact: false }).waitFor()
    await light('day')
    await question().getByRole('button', { name: 'Allow' }).click()
    await question().getByRole('button', { name: 'Take picture' }).click()
    await question().getByRole('button', { name: 'Use this picture' }).click()
    await waitFor('the better picture is there', async () => (await count()) === 5)
  })

  it('are offered by the patient from the gallery, unasked', async () => {
    await patient.button('Send a picture').click()
    const offer = patient.page.getByRole('dialog', { name: `Send a picture to ${keller.name}` })
    await offer.locator('input[type=file]').setInputFiles({
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('not a picture'),
    })
    await offer.getByText('This browser cannot read that file').waitFor()
    await offer
      .locator('input[type=file]')
      .setInputFiles({ name: 'rash.jpg', mimeType: 'image/jpeg', buffer: await aRash() })
    await offer.getByRole('img', { name: 'The picture that would be sent' }).waitFor()
    await offer.getByRole('button', { name: 'Send', exact: true }).click()
    await offer.waitFor({ state: 'detached' })
    await newest().getByText('Patient’s photo').waitFor()
  })

  it('are chosen from the gallery in place of one that the doctor asked for', async () => {
    await doctor.asksForPicture()
    const chooser = patient.page.waitForEvent('filechooser')
    await question().getByRole('button', { name: 'Choose a photo' }).click()
    await (await chooser).setFiles({ name: 'rash.jpg', mimeType: 'image/jpeg', buffer: await aRash() })
    await question().getByRole('button', { name: 'Use this picture' }).click()
    await question().waitFor({ state: 'detached' })
    await waitFor('the chosen picture is there', async () => (await count()) === 7)
    await newest().getByText('Patient’s photo').waitFor()
  })

  it('are taken while the camera is off in the call, and the doctor sees nothing else of it', async () => {
    const tile = doctor.videoOf(aisha.name).locator('xpath=..')
    const isShown = async () => (await tile.getAttribute('data-shown')) !== null
    const frames = () =>
      doctor
        .videoOf(aisha.name)
        .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames)
    await doctor.sees(aisha.name)
    await patient.button('Turn camera off').click()
    await waitFor('the picture of the call is dark', async () => !(await isShown()))
    await tile.evaluate((watched: HTMLElement) => {
      watched.dataset['lit'] = 'never'
      new MutationObserver(() => {
        if (watched.dataset['shown']) watched.dataset['lit'] = 'once'
      }).observe(watched, { attributes: true, attributeFilter: ['data-shown'] })
    })
    // What was on its way when the camera went off may still be played.
    let before = -1
    let looks = 0
    await waitFor('no further frame is played', async () => {
      const now = await frames()
      looks = now === before ? looks + 1 : 0
      before = now
      return looks === 10
    })

    await doctor.asksForPicture()
    await patient.allowsPicture(keller.name)
    await waitFor('the picture at the yes is there', async () => (await count()) === 8)
    await doctor.asksForPicture()
    await question().getByRole('button', { name: 'Set it up first' }).click()
    await question().getByText('Good', { exact: true }).waitFor()
    await question().getByRole('button', { name: 'Other camera' }).click()
    await question().getByText('Good', { exact: true }).waitFor()
    await question().getByRole('button', { name: 'Take picture' }).click()
    await question().getByText('The picture is sharp and well lit.').waitFor()
    await question().getByRole('button', { name: 'Use this picture' }).click()
    await waitFor('the picture that was set up is there', async () => (await count()) === 9)

    assert.equal(await tile.getAttribute('data-lit'), 'never')
    assert.equal(await frames(), before, 'no frame of the call came meanwhile')
    await patient.button('Turn camera on').click()
    await doctor.sees(aisha.name)
  })

  it('are pasted by the doctor, who is asked once, and seen by the patient', async () => {
    const bytes = [...(await aRash())]
    await doctor.page.evaluate((content) => {
      const clipboard = new DataTransfer()
      clipboard.items.add(new File([new Uint8Array(content)], 'scan.jpg', { type: 'image/jpeg' }))
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true }))
    }, bytes)
    const own = doctor.page.getByRole('dialog', { name: 'Add this picture?' })
    await own.getByText(`${aisha.name} sees it too`, { exact: false }).waitFor()
    await own.getByRole('button', { name: 'Add', exact: true }).click()
    await own.waitFor({ state: 'detached' })
    await newest().getByText('Added by the doctor').waitFor()
    await patient.page.getByRole('region', { name: 'Snapshots' }).getByText('Added by the doctor').waitFor()
    nobodyComplains(talk.scheduler, patient, doctor)
  })
})
