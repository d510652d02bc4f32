import type { Locator, Page } from 'playwright-core'
import type { Party } from './party.ts'

/** The dialog of this title. */
export function dialog(page: Page, name: string): Locator {
  return page.getByRole('dialog', { name })
}

/** The open viewer of pictures. */
export function viewerOf(party: Party, page: Page): Locator {
  return dialog(page, party.say('imaging:viewer.title'))
}

/** A tab of the doctor's panel in a consult. */
export function tab(party: Party, page: Page, name: 'summary' | 'note' | 'pictures' | 'chat'): Locator {
  return page.getByRole('tab', { name: party.say(`consult:panel.${name}`) })
}

/** A button of the viewer, in whichever of the two bars this size of the screen has. */
export function viewerButton(party: Party, page: Page, key: string): Locator {
  return viewerOf(party, page)
    .getByRole('button', { name: party.say(key), exact: true })
    .filter({ visible: true })
    .first()
}

/** Where the viewer shows its picture. */
export function stage(party: Party, page: Page): Locator {
  return viewerOf(party, page).getByRole('application', { name: party.say('viewer:stage.label') })
}

/** Says yes where a program has not yet judged whether the picture may be shown. */
export async function uncover(party: Party, page: Page): Promise<void> {
  const show = viewerButton(party, page, 'guard:show')
  await stage(party, page).or(show).first().waitFor()
  if (await show.isVisible()) await show.click()
  await stage(party, page).waitFor()
}

/** Opens the viewer's panel beside the picture, and a tab of it. */
export async function openPanel(party: Party, page: Page, name: string): Promise<void> {
  const panel = page.getByRole('complementary', { name: party.say('viewer:panel.label') })
  if (!(await panel.isVisible())) await viewerButton(party, page, 'viewer:panel.label').click()
  await page.getByRole('tab', { name: party.say(`viewer:panel.${name}`), exact: true }).click()
}

/** The pictures of the consult, in the order of the list, newest first. */
export function enhancedOf(party: Party, page: Page): Locator {
  const [before = ''] = party.say('imaging:alt.enhanced').split(/[,，]/)
  return page
    .getByRole('region', { name: party.say('imaging:region') })
    .getByRole('img', { name: new RegExp(`^${before}`) })
}
