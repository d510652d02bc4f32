import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { findProgram } from '#scripts/system-packages.ts'
import { onRunEnd } from './run-end.ts'

let shared: Promise<Browser> | undefined

/** The one Chromium of this run, with a camera and a microphone that are not there. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= launch()
  return shared
}

async function launch(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: findProgram('chromium') ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--auto-accept-this-tab-capture',
    ],
  })
  onRunEnd(() => browser.close())
  return browser
}

export type Looks = { locale?: string; phone?: boolean; zone?: string }

/** A browser of somebody's own: no cookies of anybody else, and a list of what went wrong in its pages. */
export async function ownBrowser({ locale = 'en-GB', phone = false, zone }: Looks = {}): Promise<{
  context: BrowserContext
  page: Page
  complaints: string[]
}> {
  const browser = await sharedBrowser()
  const context = await browser.newContext({
    locale,
    viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    hasTouch: phone,
    ...(zone ? { timezoneId: zone } : {}),
    permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(20_000)
  // Leaves a mark in the page's timeline whenever camera or microphone are opened.
  await context.addInitScript(() => {
    const devices = navigator.mediaDevices
    const open = devices.getUserMedia.bind(devices)
    devices.getUserMedia = (wanted) => {
      performance.mark('getUserMedia')
      return open(wanted)
    }
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // Whether anybody is signed in is asked before it is known; the browser calls the answer no an error.
    const asked = message.location().url.endsWith('/api/session')
    if (message.type() === 'error' && !asked) complaints.push(message.text())
  })
  return { context, page, complaints }
}
