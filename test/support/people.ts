import assert from 'node:assert/strict'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { demoPassword } from '#server/demo/cast.ts'
import { ownBrowser } from './browser.ts'
import type { Looks } from './browser.ts'
import { waitFor } from './wait-for.ts'

/** Somebody in front of a screen, who finds things by the names that everyone is told. */
class Person {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors in the console of the page. */
  readonly complaints: string[]
  protected readonly home: string

  constructor(browser: Awaited<ReturnType<typeof ownBrowser>>, home: string) {
    this.page = browser.page
    this.context = browser.context
    this.complaints = browser.complaints
    this.home = home
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  /** Waits until these words can be read. */
  async reads(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).first().waitFor()
  }

  async signsIn(email: string, password: string = demoPassword): Promise<void> {
    await this.page.goto(`${this.home}/sign-in`)
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByLabel('Password', { exact: true }).fill(password)
    await this.button('Sign in').click()
    await this.page.waitForURL((url) => url.pathname !== '/sign-in')
  }

  async leavesTheRoom(): Promise<void> {
    await this.context.close()
  }
}

/** Somebody in a call. */
class Caller extends Person {
  videoOf(name: string): Locator {
    return this.page.locator(`video[aria-label="Video of ${name}"]`)
  }

  /** The picture of the other one moves: new frames are decoded. */
  async sees(name: string, timeoutMs = 20_000): Promise<void> {
    await this.videoOf(name).waitFor({ state: 'attached' })
    const frames = () =>
      this.videoOf(name).evaluate((video: HTMLVideoElement) =>
        video.videoWidth > 0 ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
      )
    const before = await frames()
    await waitFor(`the picture of ${name} moves`, async () => (await frames()) > before + 5, timeoutMs)
  }

  /** The picture of the other one is no longer the small one that comes first. */
  async seesSharply(name: string): Promise<void> {
    const width = () => this.videoOf(name).evaluate((video: HTMLVideoElement) => video.videoWidth)
    await waitFor(`the picture of ${name} is sharp`, async () => (await width()) > 320, 30_000)
  }

  /** The sound that plays with the picture is not silence. */
  async hears(name: string): Promise<void> {
    const loudness = () =>
      this.videoOf(name).evaluate(async (video: HTMLVideoElement) => {
        const stream = video.srcObject
        const tracks = stream instanceof MediaStream ? stream.getAudioTracks() : []
        if (video.muted || tracks.length === 0) return 0
        const context = new AudioContext()
        const analyser = context.createAnalyser()
        context.createMediaStreamSource(new MediaStream(tracks)).connect(analyser)
        await context.resume()
        let loudest = 0
        const samples = new Float32Array(analyser.fftSize)
        for (let look = 0; look < 30; look++) {
          await new Promise((resolve) => requestAnimationFrame(resolve))
          analyser.getFloatTimeDomainData(samples)
          loudest = Math.max(loudest, ...samples.map(Math.abs))
        }
        await context.close()
        return loudest
      })
    await waitFor(`${name} is heard`, async () => (await loudness()) > 0.01, 15_000)
  }

  /** The other one was away for a moment and is back, by the words on the stage. */
  async seesReturn(name: string): Promise<void> {
    const absence = this.page
      .getByRole('region', { name: 'Call' })
      .getByText(`${name} is not connected at the moment`)
    await absence.waitFor()
    await absence.waitFor({ state: 'detached' })
  }

  async writes(text: string): Promise<void> {
    await this.button(/^Chat/).click()
    await this.page.getByLabel('Message', { exact: true }).fill(text)
    await this.button('Send message').click()
  }

  /** Both pictures of the newest snapshot are there and really drawn. */
  async seesSnapshots(): Promise<void> {
    const region = this.page.getByRole('region', { name: 'Snapshots' })
    for (const variant of ['Original', 'Enhanced']) {
      const picture = region.getByRole('img', { name: new RegExp(`^${variant} picture`) }).first()
      await picture.waitFor()
      const width = () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)
      await waitFor(`the ${variant} picture is drawn`, async () => (await width()) > 100)
    }
  }
}

export class Scheduler extends Person {
  /** Books with the next free time and returns the patient's link. */
  async books(visit: { patient: string; doctor: string; reason: string }): Promise<string> {
    const { page } = this
    await this.button('Book appointment').click()
    await page.getByLabel('Patient', { exact: true }).fill(visit.patient)
    await page.getByRole('option', { name: visit.patient }).click()
    const doctors = page.getByLabel('Doctor', { exact: true })
    const doctor = await doctors.locator('option', { hasText: visit.doctor }).textContent()
    await doctors.selectOption({ label: doctor ?? '' })
    await page.getByLabel('Length', { exact: true }).selectOption({ index: 0 })
    const start = page.getByLabel('Start', { exact: true })
    await waitFor('free times are offered', async () => (await start.locator('option').count()) > 1)
    await start.selectOption({ index: 1 })
    await page.getByLabel('Reason', { exact: true }).fill(visit.reason)
    await this.button('Book').click()
    await this.button('Copy visit link').click()
    return waitFor('the link is on the clipboard', async () => {
      const text = await page.evaluate(() => navigator.clipboard.readText())
      return text.startsWith(`${this.home}/join/`) ? text : ''
    })
  }
}

export class Patient extends Caller {
  async opens(link: string): Promise<void> {
    await this.page.goto(link)
  }

  async saysBirthDate(date: string): Promise<void> {
    await this.page.getByLabel('Date of birth').fill(date)
    await this.button('Continue').click()
  }

  /** How often the page has asked the browser for camera or microphone since it was opened. */
  async cameraRequests(): Promise<number> {
    return this.page.evaluate(() => performance.getEntriesByName('getUserMedia').length)
  }

  async agrees(): Promise<void> {
    await this.button('I agree, continue').click()
  }

  /** Camera, microphone, loudspeaker and line; then into the waiting room. */
  async checksDevices(name: string): Promise<void> {
    await this.sees(name)
    await this.button('Play test sound').click()
    await this.button('Yes').click()
    const connection = this.page.getByRole('listitem').filter({ hasText: 'Connection' })
    await connection.getByText(/^Good/).waitFor()
  }

  async joinsWaitingRoom(): Promise<void> {
    await this.button('Join waiting room').click()
    await this.reads('You are in the waiting room')
  }

  /** The whole way from the link to the waiting room. */
  async joins(link: string, who: { name: string; birthDate: string }): Promise<void> {
    await this.opens(link)
    await this.saysBirthDate(who.birthDate)
    await this.agrees()
    await this.checksDevices(who.name)
    await this.joinsWaitingRoom()
  }

  async allowsPicture(doctor: string): Promise<void> {
    const question = this.page.getByRole('dialog', { name: `${doctor} asks to take a picture` })
    await question.waitFor()
    await question.getByRole('button', { name: 'Allow' }).click()
    await question.waitFor({ state: 'detached' })
  }
}

export class Doctor extends Caller {
  async admits(name: string): Promise<void> {
    await this.button(`Admit ${name}`).click()
    await this.page.waitForURL(/\/consults\//)
  }

  async asksForPicture(): Promise<void> {
    await this.button('Take snapshot').click()
  }

  async writesNote(parts: Record<'Subjective' | 'Objective' | 'Assessment' | 'Plan', string>): Promise<void> {
    const note = this.page.getByRole('region', { name: 'Visit note' })
    for (const [part, text] of Object.entries(parts)) await note.getByLabel(part, { exact: true }).fill(text)
    await note.getByText('Saved', { exact: true }).waitFor()
  }

  async signsNote(): Promise<void> {
    await this.button('Sign note').click()
    await this.page.getByRole('dialog').getByRole('button', { name: 'Sign', exact: true }).click()
    await this.reads(/^Signed by/)
  }

  async booksFollowUp(): Promise<void> {
    await this.button('Book follow-up').click()
    const dialog = this.page.getByRole('dialog', { name: 'Book a follow-up' })
    const starts = dialog.getByRole('radiogroup', { name: 'Start' })
    await starts.getByRole('radio').first().press('Space')
    await dialog.getByRole('button', { name: 'Book', exact: true }).click()
    await this.reads(/Follow-up booked for/)
  }

  async ends(): Promise<void> {
    await this.button('End consult').click()
    await this.page.getByRole('dialog').getByRole('button', { name: 'End consult' }).click()
    await this.reads(/has ended$/)
  }
}

export async function aScheduler(url: string, looks: Looks = {}): Promise<Scheduler> {
  return new Scheduler(await ownBrowser(looks), url)
}
export async function aPatientAtHome(looks: Looks = {}): Promise<Patient> {
  return new Patient(await ownBrowser(looks), '')
}
export async function aDoctor(url: string, looks: Looks = {}): Promise<Doctor> {
  return new Doctor(await ownBrowser(looks), url)
}

/** Nothing went wrong in anybody's page. */
export function nobodyComplains(...people: Person[]): void {
  assert.deepEqual(
    people.flatMap(({ complaints }) => complaints),
    [],
  )
}
