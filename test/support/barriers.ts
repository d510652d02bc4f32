import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** A covered area is as large as what it covers: where its size is essential, a target may be small (WCAG 2.5.8). */
const mayBeSmall = 'aria-describedby="export-area-keys"'
let script: Promise<string> | undefined

/** What axe finds on a page against WCAG 2.2 A and AA, one line for each place. */
export async function barriersOf(page: Page): Promise<string[]> {
  script ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  // Playwright hands a script to the page where the content policy would not let a <script> in.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(`${await script};0`)
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ${JSON.stringify(wcag)}, resultTypes: ['violations'] })`,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => id !== 'target-size' || !html.includes(mayBeSmall))
      .map(({ target, failureSummary = '' }) => {
        const [, why = ''] = failureSummary.split('\n')
        return `${id} at ${target.join(' ')}: ${why.trim()}`
      }),
  )
}
