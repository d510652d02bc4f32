import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Locator } from 'playwright-core'
import sharp from 'sharp'
import { Picture } from '#kernels/picture.ts'
import { encodeDisplay } from '#server/imaging/pipeline/codec.ts'
import { recipeOf } from '#shared/imaging-recipe.ts'
import { barriersOf } from '#test/support/barriers.ts'
import { nobodyComplains } from '#test/support/people.ts'
import type { Doctor, Patient } from '#test/support/people.ts'
import { aisha, aTalk, keller, tellsOneStory } from '#test/support/story.ts'
import type { Talk } from '#test/support/story.ts'
import { opensNewestPicture } from '#test/support/viewer.ts'
import { waitFor } from '#test/support/wait-for.ts'

const [width, height] = [1280, 720]
const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
/** Middles of fields of 160 pixels, in shares of the picture. */
const fields = {
  grey: { x: 0.2, y: 0.3, colour: [150, 138, 120] },
  burntOut: { x: 0.45, y: 0.3, colour: [255, 255, 255] },
  skin: { x: 0.7, y: 0.3, colour: [205, 140, 112] },
} as const

describe('a picture that the doctor looks into and brings out detail of', function () {
  this.timeout(120_000)
  let talk: Talk
  let patient: Patient
  let doctor: Doctor

  before(async () => {
    talk = await aTalk('embedded', 'A spot')
    ;({ patient, doctor } = talk)
    await doctor.page.getByRole('tab', { name: 'Pictures' }).click()
    const chooser = doctor.page.waitForEvent('filechooser')
    await doctor.page.getByRole('button', { name: 'Add a picture' }).click()
    await (await chooser).setFiles({ name: 'fields.png', mimeType: 'image/png', buffer: await aPicture() })
  })
  tellsOneStory()
  after(() => talk.end())

  const viewer = () => doctor.page.getByRole('dialog', { name: 'Picture viewer' })
  const stage = () => viewer().getByRole('application', { name: 'Picture' })
  const button = (name: string | RegExp) =>
    viewer()
      .getByRole('button', { name, exact: typeof name === 'string' })
      .filter({ visible: true })
      .first()
  const steps = () => viewer().getByRole('group', { name: 'Steps, in their order' })
  const namesOfSteps = () => steps().getByRole('listitem').locator('> div:first-child > span').allInnerTexts()
  const preview = () => viewer().locator('canvas[aria-label^="Enhanced picture"]')
  /** The workers that try steps on a picture. */
  const trying = () => doctor.page.workers().filter((worker) => worker.url().includes('preview.worker'))
  const noBarriers = async () => {
    assert.deepEqual(await barriersOf(doctor.page), [])
  }

  it('is added in a dialog that everyone can use', async () => {
    const own = doctor.page.getByRole('dialog', { name: 'Add this picture?' })
    await own.waitFor()
    await noBarriers()
    await own.getByRole('button', { name: 'Add', exact: true }).click()
    await own.waitFor({ state: 'detached' })
    await opensNewestPicture(doctor)
  })

  it('is looked at while the other one stays in sight', async () => {
    const face = viewer().locator(`video[aria-label="${aisha.name}, live"]`)
    const frames = () =>
      face.evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames)
    await face.waitFor({ state: 'attached' })
    const before = await frames()
    await waitFor('the patient moves beside the picture', async () => (await frames()) > before + 3)
    await button('Show to patient').click()
    const theirs = patient.page.getByRole('dialog', { name: 'Picture viewer' })
    await theirs.getByRole('group', { name: `${keller.name}, live` }).waitFor()
    await button('Show to patient').click()
    await theirs.waitFor({ state: 'detached' })
  })

  it('shows its levels, frequencies and edges, soon, and the pattern that repeats in it', async () => {
    await viewer().getByRole('tab', { name: 'Look inside' }).click()
    const took = viewer().getByTestId('inside-took')
    await took.waitFor()
    const ms = async () => Number(await took.getAttribute('data-ms'))
    await stage().press('=')
    const times: number[] = []
    for (let look = 0; look < 5; look++) {
      const before = await ms()
      await button(look % 2 ? 'All of it' : 'What is on the screen').click()
      await waitFor(`look ${look} into the picture`, async () => (await ms()) !== before)
      times.push(await ms())
    }
    tell('looked into', times)
    // Two browsers code and decode films meanwhile; the work itself is held to 100 ms where it is tested alone.
    assert.ok(median(times) < 1000, `${median(times)} ms`)
    await stage().press('0')
    assert.deepEqual(trying(), [], 'nothing is loaded to be tried before there is something to try')
    await viewer().getByText(/Something repeats every 5 pixels of the original/).waitFor() // prettier-ignore
    await viewer().getByText(/% is white, without detail/).waitFor() // prettier-ignore
    for (const name of ['Histogram of', 'Spectrum of', 'Edges of'])
      await viewer().getByRole('img', { name: new RegExp(`^${name}`) }).waitFor() // prettier-ignore
    await noBarriers()
  })

  it('shows one kind of its structures alone while a slider moves', async () => {
    await button('Coarse').click()
    await preview().waitFor()
    assert.equal(trying().length, 1)
    const contrast = () => preview().evaluate(spreadOfStripes)
    const slider = viewer().getByRole('slider', { name: 'Coarser than' })
    // What is tried is closed when the next one comes, while it may be looked into.
    await viewer()
      .getByRole('group', { name: 'Which picture' })
      .getByRole('button', { name: 'Enhanced' })
      .click()
    const failed = viewer().getByText('This browser cannot look into the picture.')
    await failed.evaluateAll(() => {
      const failures: string[] = []
      Object.assign(window, { failures })
      new MutationObserver(() => {
        const words = document.body.innerText
        if (words.includes('This browser cannot look')) failures.push(words)
      }).observe(document.body, { childList: true, subtree: true })
    })
    for (let step = 0; step < 25; step++) await slider.press('ArrowRight')
    await slider.press('End')
    await waitFor('the stripes are gone', async () => (await contrast()) < 3)
    assert.deepEqual(await doctor.page.evaluate(() => (window as unknown as { failures: string[] }).failures.length), 0) // prettier-ignore
    await viewer()
      .getByRole('group', { name: 'Which picture' })
      .getByRole('button', { name: 'Original' })
      .click()
    await button('Fine').click()
    await waitFor('the stripes are there', async () => (await contrast()) > 8)
    await button('Off').click()
    await preview().waitFor({ state: 'detached' })
  })

  it('is balanced by a grey place that the doctor taps, and by no other without a word', async () => {
    await viewer().getByRole('tab', { name: 'Enhance' }).click()
    await button('Original').click()
    await button('White balance by tapping').click()
    await tap('burntOut')
    await viewer().getByText('Too bright here: the colour is burnt out. Choose a darker place.').waitFor()
    assert.equal(await button('Use').count(), 0)
    await button('Another place').click()
    await tap('skin')
    await viewer().getByText(/This place has a colour of its own/).waitFor() // prettier-ignore
    await button('Use it anyway').waitFor()
    await noBarriers()
    await button('Another place').click()
    await tap('grey')
    await viewer().getByText(/This place can be used/).waitFor() // prettier-ignore
    await preview().waitFor()
    await button('Use').click()
    await viewer().getByRole('button', { name: /^Own settings/, pressed: true }).waitFor() // prettier-ignore
  })

  it('is looked at in both of two ways that are chosen in one moment', async () => {
    const automatic = viewer().getByRole('button', { name: /^Automatic/ }) // prettier-ignore
    await button('Original').click()
    await automatic.click()
    // Before the page has drawn the first, as when a picture is made while the doctor turns a knob.
    await clickedAtOnce(viewer().getByRole('button', { name: /^Own settings/ }), button('Side by side')) // prettier-ignore
    await viewer().getByRole('button', { name: /^Own settings/, pressed: true }).waitFor() // prettier-ignore
    await viewer().getByRole('button', { name: 'Side by side', pressed: true }).filter({ visible: true }).waitFor() // prettier-ignore
    await automatic.click()
  })

  it('is enlarged twice by two steps that come in one moment', async () => {
    const zoom = () => viewer().getByRole('group', { name: 'Size' }).filter({ visible: true })
    const percent = async () => Number(/\d+/.exec(await zoom().innerText())?.[0])
    const before = await percent()
    await clickedAtOnce(button('Larger'), button('Larger'))
    await waitFor('it is 2.25 times as large', async () => Math.abs((await percent()) / before - 2.25) < 0.06)
    await button('Whole picture').click()
  })

  it('is tried with steps of one’s own, each change seen at once', async () => {
    await button('Enhanced').click()
    await button('Adjust…').click()
    assert.deepEqual(await namesOfSteps(), ['Contrast and brightness', 'Local contrast', 'Sharpen'])
    await add('Red, green and blue')
    await preview().waitFor()
    const slider = steps().getByRole('slider', { name: 'Red' })
    const times = await timesOfPreview(slider, 15)
    tell('preview after a change, 1280 x 720', times)
    // The bound is for a machine that does other things too; what was measured is printed.
    assert.ok(median(times) < 400, `${median(times)} ms`)
    await noBarriers()
  })

  it('is made on a phone as well, in the order that the doctor gives', async () => {
    await doctor.page.setViewportSize(phone)
    await add('Grey')
    await steps().getByRole('button', { name: 'Grey: one step earlier' }).click()
    assert.deepEqual((await namesOfSteps()).slice(-2), ['Grey', 'Red, green and blue'])
    await steps().getByRole('button', { name: 'Grey: take out' }).click()
    await noBarriers()
    const sheet = await viewer().getByRole('complementary', { name: 'Marks and tools' }).boundingBox()
    const picture = await preview().boundingBox()
    assert.ok(
      sheet && picture && sheet.width <= phone.width && picture.y < sheet.y,
      'the picture stays in sight',
    )
  })

  it('is kept by the server exactly as it was shown', async () => {
    await doctor.page.setViewportSize(desktop)
    await waitFor(
      'the preview is as large as the picture',
      async () => (await preview().evaluate((canvas: HTMLCanvasElement) => canvas.width)) === width,
    )
    const { display } = recipeOf([])
    const shown = await encodeDisplay(new Picture(await pixelsOf(preview()), width, height), display)
    const made = doctor.page.waitForResponse((response) =>
      /\/enhancements\/[^/]+\/image/.test(response.url()),
    )
    await button('Apply').click()
    const kept = await (await made).body()
    assert.equal(sha256(kept), sha256(shown))
  })

  it('takes turns with the original by hand for who wants less motion', async () => {
    await doctor.page.emulateMedia({ reducedMotion: 'reduce' })
    await doctor.page.getByRole('button', { name: 'Close viewer' }).click()
    await opensNewestPicture(doctor)
    await button('Blink').click()
    const original = viewer().getByRole('img', { name: /^Original picture/ })
    await original.waitFor()
    await button('Blink by itself').waitFor()
    await button('The other one').click()
    await original.waitFor({ state: 'hidden' })
    await button('The other one').click()
    await original.waitFor()
    nobodyComplains(doctor, patient)
  })

  async function tap(field: keyof typeof fields): Promise<void> {
    const box = await viewer()
      .getByRole('img', { name: /^(Original|Enhanced) picture/ })
      .first()
      .boundingBox()
    assert.ok(box)
    const { x, y } = fields[field]
    await doctor.page.mouse.click(box.x + x * box.width, box.y + y * box.height)
  }

  async function clickedAtOnce(...buttons: readonly Locator[]): Promise<void> {
    const elements = await Promise.all(buttons.map((one) => one.elementHandle()))
    await doctor.page.evaluate((all) => {
      for (const element of all) (element as HTMLElement).click()
    }, elements)
  }

  async function add(step: string): Promise<void> {
    await steps().getByRole('button', { name: 'Add a step' }).click()
    await steps().getByRole('group', { name: 'Add a step' }).getByRole('button', { name: step, exact: true }).click() // prettier-ignore
  }

  /** From each change of the slider to its picture, as the page's own timeline has it. */
  async function timesOfPreview(slider: Locator, changes: number): Promise<number[]> {
    const times: number[] = []
    const last = () =>
      doctor.page.evaluate(() => {
        const [entry] = performance.getEntriesByName('preview')
        return entry ? { startTime: entry.startTime, duration: entry.duration } : null
      })
    await slider.focus()
    for (let change = 0; change < changes; change++) {
      const before = (await last())?.startTime ?? 0
      await doctor.page.keyboard.press('ArrowRight')
      const newest = await waitFor('the change is seen', async () => {
        const entry = await last()
        return entry && entry.startTime > before && entry
      })
      times.push((newest as { duration: number }).duration)
    }
    return times
  }
})

/** Fields of plain colour over stripes of 5 pixels. */
async function aPicture(): Promise<Buffer> {
  const rgb = Buffer.alloc(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const inside = Object.values(fields).find(
        (field) => Math.abs(x - field.x * width) < 80 && Math.abs(y - field.y * height) < 80,
      )
      const stripes = 120 + 30 * Math.cos((2 * Math.PI * x) / 5) + (y / height) * 40
      rgb.set(inside?.colour ?? [stripes, stripes, stripes], at)
    }
  }
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

/** How much a row of pixels under the fields swings, in levels. */
function spreadOfStripes(canvas: HTMLCanvasElement): number {
  const row = canvas
    .getContext('2d')
    ?.getImageData(canvas.width * 0.4, Math.round(canvas.height * 0.8), 100, 1).data
  const greens = [...(row ?? [])].filter((_, at) => at % 4 === 1)
  return Math.max(...greens) - Math.min(...greens)
}

async function pixelsOf(canvas: Locator): Promise<Uint8Array> {
  const rgba = await canvas.evaluate((one: HTMLCanvasElement) => {
    const data = one.getContext('2d')?.getImageData(0, 0, one.width, one.height).data ?? []
    let text = ''
    for (const value of data) text += String.fromCharCode(value)
    return btoa(text)
  })
  return Uint8Array.from(Buffer.from(rgba, 'base64').filter((_, at) => at % 4 !== 3))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? Infinity
}

function tell(what: string, times: readonly number[]): void {
  process.stdout.write(`    ${what}: median ${median(times).toFixed(0)} ms of ${times.length}\n`)
}
