import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { addPicture } from '#shared/imaging.ts'
import { asJpeg, skin } from '#server/imaging/pipeline/test/specimens.ts'
import { ownBrowser } from '#test/support/browser.ts'
import { aKey } from '#test/support/builders.ts'
import { startDemoProgram } from '#test/support/demo-clinic.ts'
import { addressOfReady, startProgram } from '#test/support/program.ts'
import { aTalkIn } from '#test/support/story.ts'
import { bounded, compared, percentile, type BenchResult } from './result.ts'

const warmUps = 2
const runs = 15
/** As fast as one person may send pictures for long. */
const paceMs = 2_100
/** Of what a page takes that checks, keeps and audits nothing. */
const mostOfBare = 2
const [width, height] = [1280, 720]

/**
 * Two browsers in a call: from the moment a picture of 1280x720 leaves the patient's browser to the moment the enhanced
 * one, small as lists have it, is decoded and in the next frame of the doctor's page. Both pages have the same clock. In
 * turn with two bare pages beside the same call: what they take, the machine takes.
 */
export async function run(): Promise<BenchResult[]> {
  const talk = await aTalkIn(await startDemoProgram(), 'Rash')
  const bare = startProgram('bench/bare/pictures.ts', { PATH: process.env['PATH'] ?? '' })
  const bareUrl = await addressOfReady(bare, 10_000)
  try {
    // Two browsers, not three.
    await talk.scheduler.leavesTheRoom()
    await talk.doctor.page.getByRole('tab', { name: 'Pictures' }).click()
    const pages = [await ownBrowser({ phone: true }), await ownBrowser()].map(({ page }) => page)
    const [from, to] = pages as [Page, Page]
    for (const page of pages) await page.goto(bareUrl)
    const consultId = /\/consults\/([^/?]+)/.exec(talk.doctor.page.url())?.[1]
    if (consultId === undefined) throw new Error('the doctor is in no consult')
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = -warmUps; round < runs; round++) {
      const jpeg = (await aPictureOf(round)).toString('base64')
      for (const page of [talk.patient.page, from]) await page.evaluate(hold, jpeg)
    }
    for (let round = -warmUps; round < runs; round++) {
      const address = `${addPicture.path.replace(':consultId', consultId)}?idempotencyKey=${aKey()}`
      const mine = await uploadToScreen(talk.patient.page, talk.doctor.page, address)
      const other = await uploadToScreen(from, to, '/pictures')
      if (round >= 0) {
        ours.push(mine)
        theirs.push(other)
      }
      await pause(paceMs)
    }
    for (const page of pages) await page.context().close()
    const name = `upload of ${width}x${height} to the enhanced picture in the other screen's list`
    return [
      bounded(`${name}, p50`, 'ms', ours, 250),
      bounded(`${name}, p95`, 'ms', ours, 500, percentile(ours, 95)),
      compared(`${name}, against a bare page`, 'ms', ours, theirs, mostOfBare),
    ]
  } finally {
    bare.child.kill()
    await talk.end()
  }
}

async function uploadToScreen(from: Page, to: Page, address: string): Promise<number> {
  const [shownAt, sentAt] = await Promise.all([
    to.evaluate(nextEnhancedPicture),
    from.evaluate(send, address),
  ])
  return shownAt - sentAt
}

/** Each round has a picture of its own: the same bytes would be kept already. */
function aPictureOf(round: number): Promise<Buffer> {
  const rgb = skin(width, height)
  for (let at = 0; at < width * 3; at++) rgb[at] = (round + warmUps) * 12
  return asJpeg(rgb, width, height)
}

declare global {
  interface Window {
    /** Pictures that this page is going to send. */
    held?: Uint8Array<ArrayBuffer>[]
  }
}

/** In the patient's page: a picture of theirs is in the browser when it is sent. */
function hold(jpeg: string): void {
  const bytes = Uint8Array.from(atob(jpeg), (sign) => sign.charCodeAt(0))
  window.held = [...(window.held ?? []), bytes]
}

/**
 * In the patient's page. Resolves with the instant at which the picture went out: what the browser did with it before is not
 * the server's, and the way over loopback takes no time to speak of.
 */
async function send(address: string): Promise<number> {
  const body = window.held?.shift()
  if (!body) throw new Error('all pictures have been sent')
  const headers = { 'content-type': 'image/jpeg', 'x-bedside': '1' }
  const timed = new Promise<PerformanceResourceTiming>((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const sent = list.getEntries().find(({ name }) => name.endsWith(address))
      if (!(sent instanceof PerformanceResourceTiming)) return
      observer.disconnect()
      resolve(sent)
    })
    observer.observe({ type: 'resource' })
  })
  const response = await fetch(address, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  await response.arrayBuffer()
  return performance.timeOrigin + (await timed).requestStart
}

/** In the doctor's page. Resolves with the instant at which a further enhanced picture can be seen. */
function nextEnhancedPicture(): Promise<number> {
  const pictures = () => [...document.querySelectorAll<HTMLImageElement>('img[src$="/thumbnail"]')]
  const before = new Set(pictures().map(({ src }) => src))
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no enhanced picture came')), 60_000)
    const observer = new MutationObserver(() => {
      const picture = pictures().find(({ src }) => !before.has(src))
      if (!picture) return
      observer.disconnect()
      clearTimeout(late)
      picture
        .decode()
        .then(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())), reject)
    })
    observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['src'] }) // prettier-ignore
  })
}
