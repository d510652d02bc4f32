import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { z } from 'zod'
import { patients, type DemoPatient } from '#server/demo/cast.ts'
import { displayNameOf } from '#server/records/fold.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import { signIn } from '#shared/identity.ts'
import { openContext, startBrowser } from './browser.ts'
import type { DemoClinic } from './clinic.ts'
import { casts, type Cast } from './cast.ts'
import { filmPortrait } from './portrait.ts'
import { wordsOf, type Language, type Say } from './words.ts'

/** Who goes through the screens; each has a browser profile of their own. */
export type Guest =
  'stranger' | 'desk' | 'doctor' | 'idleDoctor' | 'admin' | 'patient' | 'member' | 'neighbour'

type Input = { params?: Record<string, string>; query?: Record<string, string | number>; body?: unknown }

/** Everyone who is needed to see each screen once, in one language, with a face for each camera. */
export class Party {
  readonly clinic: DemoClinic
  readonly language: Language
  readonly say: Say
  readonly cast: Cast
  /** What went wrong inside the pages, such as a script error or a breach of the content policy. */
  readonly complaints: string[] = []
  /** Facts that one stop leaves for later ones. */
  readonly facts = new Map<string, string>()
  readonly #contexts = new Map<Guest, Promise<BrowserContext>>()
  readonly #pages = new Map<Guest, Page>()
  readonly #browsers: Record<'home' | 'practice', Browser>
  readonly #folder: string

  private constructor(
    clinic: DemoClinic,
    language: Language,
    say: Say,
    browsers: Record<'home' | 'practice', Browser>,
    folder: string,
  ) {
    this.clinic = clinic
    this.language = language
    this.say = say
    this.cast = casts[language]
    this.#browsers = browsers
    this.#folder = folder
  }

  static async gather(clinic: DemoClinic, language: Language): Promise<Party> {
    const folder = await mkdtemp(join(tmpdir(), 'bedside-cameras-'))
    const { doctorLooks, patientLooks } = casts[language]
    const [patientFilm, doctorFilm] = [join(folder, 'patient.y4m'), join(folder, 'doctor.y4m')]
    await filmPortrait(patientLooks, patientFilm)
    await filmPortrait(doctorLooks, doctorFilm)
    const browsers = {
      home: await startBrowser(patientFilm),
      practice: await startBrowser(doctorFilm),
    }
    return new Party(clinic, language, await wordsOf(language), browsers, folder)
  }

  async close(): Promise<void> {
    for (const browser of Object.values(this.#browsers)) await browser.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** The patient of the visit that is due, and the one after. */
  patient(place: 0 | 1 = 0): DemoPatient & { displayName: string } {
    const theirs = patients.filter(({ doctor }) => doctor === this.cast.doctor)
    const patient = theirs[place]
    if (patient === undefined) throw new Error('the demo doctor has too few patients')
    return { ...patient, displayName: displayNameOf(patient.family, patient.given) }
  }

  /** The page of this guest; the same one until it is closed. */
  async page(guest: Guest): Promise<Page> {
    const open = this.#pages.get(guest)
    if (open !== undefined && !open.isClosed()) return open
    const page = await (await this.context(guest)).newPage()
    this.#pages.set(guest, page)
    page.on('pageerror', (error) => this.complaints.push(`${guest}: ${error.message}`))
    page.on('console', (message) => {
      // A refused request is part of what is shown.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.complaints.push(`${guest}: ${message.text()}`)
    })
    return page
  }

  /** Every page that is open, by whose it is. */
  pages(): ReadonlyMap<Guest, Page> {
    return new Map([...this.#pages].filter(([, page]) => !page.isClosed()))
  }

  /** The browser profile of this guest, signed in where they have an account. */
  context(guest: Guest): Promise<BrowserContext> {
    const known = this.#contexts.get(guest)
    if (known !== undefined) return known
    const opened = this.#open(guest)
    this.#contexts.set(guest, opened)
    return opened
  }

  async #open(guest: Guest): Promise<BrowserContext> {
    const atHome = guest === 'patient' || guest === 'neighbour' || guest === 'member'
    const browser = this.#browsers[atHome ? 'home' : 'practice']
    const context = await openContext(browser, { ...this.clinic, language: this.language })
    const email = this.#emailOf(guest)
    if (email !== null) {
      const account = this.clinic.info.accounts.find((one) => one.email === email)
      const password = account?.password ?? this.clinic.info.accounts[0]?.password ?? ''
      await request(context, this.clinic.url, signIn, { body: { email, password } })
    }
    return context
  }

  #emailOf(guest: Guest): string | null {
    switch (guest) {
      case 'stranger':
      case 'patient':
      case 'neighbour':
        return null
      case 'desk':
        return 'scheduler@demo.bedside.example'
      case 'admin':
        return 'admin@demo.bedside.example'
      case 'doctor':
        return this.cast.doctorEmail
      case 'idleDoctor':
        return this.cast.idleEmail
      case 'member':
        return this.patient().email ?? null
    }
  }

  /** Asks the server as this guest's browser would. Throws with the server's words when it refuses. */
  async ask<E extends Endpoint>(guest: Guest, endpoint: E, input: Input = {}): Promise<z.output<E['reply']>> {
    return request(await this.context(guest), this.clinic.url, endpoint, input)
  }

  /** What an earlier stop has found out. */
  fact(name: string): string {
    const value = this.facts.get(name)
    if (value === undefined) throw new Error(`no stop before this one has found out ${name}`)
    return value
  }
}

async function request<E extends Endpoint>(
  context: BrowserContext,
  origin: string,
  endpoint: E,
  { params = {}, query, body }: Input,
): Promise<z.output<E['reply']>> {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const response = await context.request.fetch(path, {
    method: endpoint.method,
    headers: { 'X-Bedside': '1', Origin: origin },
    ...(query === undefined ? {} : { params: query }),
    ...(body === undefined ? {} : { data: body }),
  })
  if (!response.ok())
    throw new Error(`${endpoint.method} ${path}: ${response.status()} ${await response.text()}`)
  return endpoint.reply.parse(await response.json()) as z.output<E['reply']>
}
