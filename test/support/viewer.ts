import type { Locator, Page } from 'playwright-core'

/** Opens the newest picture, and says yes where a program has not yet judged whether it may be shown. */
export async function opensNewestPicture({ page }: { page: Page }): Promise<Locator> {
  await page
    .getByRole('img', { name: /^Enhanced picture/ })
    .first()
    .click()
  const viewer = page.getByRole('dialog', { name: 'Picture viewer' })
  const show = viewer.getByRole('button', { name: 'Show', exact: true })
  const stage = viewer.getByRole('application', { name: 'Picture' })
  await stage.or(show).first().waitFor()
  if (await show.isVisible()) await show.click()
  await stage.waitFor()
  return viewer
}
