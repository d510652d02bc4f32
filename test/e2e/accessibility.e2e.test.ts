import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { lookAt, sizes } from '#scripts/screens/browser.ts'
import type { Look } from '#scripts/screens/browser.ts'
import { startDemoClinic } from '#scripts/screens/clinic.ts'
import type { DemoClinic } from '#scripts/screens/clinic.ts'
import { defectsOf } from '#scripts/screens/defects.ts'
import { Party } from '#scripts/screens/party.ts'
import { tour } from '#scripts/screens/tour.ts'
import { findWorkerBin } from '#scripts/worker/find.ts'
import { barriersOf } from '#test/support/barriers.ts'

/** Each size and each colour once: contrast goes with the colours, and room with the size. */
const looks: readonly Look[] = [
  { size: 'desktop', colours: 'light' },
  { size: 'phone', colours: 'dark' },
]

describe('every screen', function () {
  this.timeout(120_000)
  let clinic: DemoClinic
  let party: Party

  before(async () => {
    clinic = await startDemoClinic(await findWorkerBin())
    party = await Party.gather(clinic, 'en')
  })
  after(async () => {
    await party.close()
    await clinic.close()
  })

  for (const stop of tour) {
    it(`can be used by everyone: ${stop.name.replaceAll('-', ' ')}`, async () => {
      const page = await stop.reach(party)
      const found: string[] = []
      for (const look of looks) {
        await lookAt(page, look)
        await unroll(page, look)
        for (const barrier of [...(await barriersOf(page)), ...(await defectsOf(page))])
          found.push(`${look.size}, ${look.colours}: ${barrier}`)
      }
      await lookAt(page, { size: 'desktop', colours: 'light' })
      assert.deepEqual(found, [])
    })
  }

  it('keeps the console of the browser quiet', () => {
    assert.deepEqual(party.complaints, [])
  })
})

/** Gives the page all the height it wants: what a fixed bar covers for now can be scrolled to. */
async function unroll(page: Page, { size }: Look): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: sizes[size].width, height: Math.max(height, sizes[size].height) })
}
