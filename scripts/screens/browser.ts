import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { findProgram } from '../system-packages.ts'
import { SetupError } from '../run.ts'
import type { Language } from './words.ts'

/** How a screen is looked at. */
export interface Look {
  size: keyof typeof sizes
  colours: 'light' | 'dark'
}

export const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const

export const looks: readonly Look[] = [
  { size: 'desktop', colours: 'light' },
  { size: 'desktop', colours: 'dark' },
  { size: 'phone', colours: 'light' },
  { size: 'phone', colours: 'dark' },
]

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // A page in the background must go on like one that somebody looks at.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
]

/** Starts the system's Chromium; `camera` is a film that its camera sees, over and over. */
export async function startBrowser(camera: string | null): Promise<Browser> {
  const program = findProgram('chromium')
  if (program === undefined) throw new SetupError('Chromium is not installed; npm test installs it.')
  return chromium.launch({
    executablePath: program,
    args: camera === null ? flags : [...flags, `--use-file-for-fake-video-capture=${camera}`],
  })
}

export interface BrowsingOptions {
  url: string
  zone: string
  language: Language
}

/** A person's own browser profile: cookies and storage of their own, in their language, where the clinic stands. */
export async function openContext(
  browser: Browser,
  { url, zone, language }: BrowsingOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: url,
    locale: language === 'en' ? 'en-GB' : language,
    timezoneId: zone,
    viewport: sizes.desktop,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(15_000)
  // The empty page before the first address has no storage.
  await context.addInitScript(
    `if (location.protocol === 'http:') localStorage.setItem('bedside.language', '${language}')`,
  )
  // React tells that it has recovered from an error, and hides which one it was in the cause.
  await context.addInitScript(
    `addEventListener('error', ({ error }) => error?.cause && console.error('because of', error.cause.stack))`,
  )
  return context
}

/** Changes size and colours of a page that is open, and waits until it has settled. */
export async function lookAt(page: Page, { size, colours }: Look): Promise<void> {
  await page.setViewportSize(sizes[size])
  await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' })
  await settled(page)
}

/** Fonts are there, pictures are drawn, nothing is being loaded into the page. */
export async function settled(page: Page): Promise<void> {
  await until(
    page,
    'fonts and pictures are there',
    `document.fonts.status === 'loaded' &&
     [...document.images].every((image) => image.complete || image.loading === 'lazy') &&
     document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root, [aria-busy="true"]') === null`,
  )
  // Two frames: one in which the last change is laid out, one in which it has been painted.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  const idle = '!document.getAnimations().some((animation) => animation instanceof CSSTransition)'
  await until(page, 'nothing is on its way to another colour or place', idle)
}

const patienceMs = 30_000
const pollMs = 100

/** Polls until the expression is true in the page. (Playwright's own waiting needs what our content policy forbids.) */
export async function until(page: Page, what: string, expression: string): Promise<void> {
  const endsAt = performance.now() + patienceMs
  while (!(await page.evaluate<boolean>(expression))) {
    if (performance.now() > endsAt) throw new Error(`waited ${patienceMs / 1000} s in vain: ${what}`)
    await pause(pollMs)
  }
}
