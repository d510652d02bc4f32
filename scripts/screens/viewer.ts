import type { Locator, Page } from 'playwright-core'
import type { Party } from './party.ts'
import type { Stop } from './stop.ts'

/** What the doctor can do in the open viewer; ends as it began, with the viewer open. */
export const viewer: readonly Stop[] = [
  {
    name: 'viewer-enhance',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await uncover(party, page)
      await openPanel(party, page)
      await page.getByRole('tab', { name: party.say('viewer:panel.enhance') }).click()
      await page.getByText(party.say('enhance:preset.xray.name')).waitFor()
      return page
    },
  },
  {
    name: 'viewer-balance',
    reach: async (party) => {
      const page = await party.page('doctor')
      await button(party, page, 'enhance:balance.button').click()
      await page.getByText(party.say('enhance:balance.ask')).first().waitFor()
      await page.getByRole('application', { name: party.say('viewer:stage.label') }).press('Enter')
      await button(party, page, 'enhance:balance.another').waitFor()
      return page
    },
  },
  {
    name: 'viewer-adjust',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await button(party, page, 'enhance:balance.cancel').click()
      await button(party, page, 'enhance:adjust').click()
      await page.getByRole('group', { name: party.say('enhance:steps') }).waitFor()
      return page
    },
  },
  {
    name: 'viewer-inside',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await page.getByRole('tab', { name: party.say('viewer:panel.inside') }).click()
      await page.getByTestId('inside-took').waitFor()
      return page
    },
  },
  {
    name: 'viewer-filter',
    reach: async (party) => {
      const page = await party.page('doctor')
      const filter = button(party, page, 'inside:filter.fine')
      await filter.click()
      await filter.scrollIntoViewIfNeeded()
      await page.getByText(party.say('viewer:preview'), { exact: true }).waitFor()
      return page
    },
  },
  {
    name: 'viewer-blink',
    reach: async (party) => {
      const page = await party.page('doctor')
      await button(party, page, 'inside:filter.off').click()
      await button(party, page, 'viewer:modes.blink').click()
      await button(party, page, 'viewer:blink.run').waitFor()
      return page
    },
  },
  {
    name: 'export',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await button(party, page, 'viewer:modes.both').click()
      await button(party, page, 'export:title').click()
      await page.getByRole('dialog', { name: party.say('export:title') }).waitFor()
      return page
    },
  },
  {
    name: 'export-nameless',
    long: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await page.getByRole('radio', { name: party.say('export:person.removed') }).check()
      await page.getByText(party.say('export:confirm.label')).waitFor()
      return page
    },
  },
  {
    name: 'viewer-again',
    reach: async (party) => {
      const page = await party.page('doctor')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog', { name: party.say('export:title') }).waitFor({ state: 'detached' })
      return page
    },
  },
]

/** In one of the two bars that there are, one for each size of the screen. */
function button(party: Party, page: Page, key: string): Locator {
  return page
    .getByRole('dialog', { name: party.say('imaging:viewer.title') })
    .getByRole('button', { name: party.say(key), exact: true })
    .filter({ visible: true })
    .first()
}

/** Says yes where a program has not yet judged whether the picture may be shown. */
async function uncover(party: Party, page: Page): Promise<void> {
  const [stage, show] = [
    page.getByRole('application', { name: party.say('viewer:stage.label') }),
    button(party, page, 'guard:show'),
  ]
  await stage.or(show).first().waitFor()
  if (await show.isVisible()) await show.click()
  await stage.waitFor()
}

async function openPanel(party: Party, page: Page): Promise<void> {
  const panel = page.getByRole('complementary', { name: party.say('viewer:panel.label') })
  if (!(await panel.isVisible())) await button(party, page, 'viewer:panel.label').click()
}
