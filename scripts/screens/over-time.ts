import type { Page } from 'playwright-core'
import type { Party } from './party.ts'
import type { Stop } from './stop.ts'
import { dialog, openPanel, stage, tab, viewerButton, viewerOf } from './within.ts'

/** Pictures of other days: where on the body, in their order, laid over each other, outlined. Begins and ends in the viewer. */
export const overTime: readonly Stop[] = [
  {
    name: 'compare-choose',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await viewerButton(party, page, 'history:compare.tool').click()
      await comparison(party, page).getByText(party.say('history:compare.any'), { exact: true }).click()
      await comparison(party, page).getByRole('listitem').first().waitFor()
      return page
    },
  },
  {
    name: 'compare-refused',
    reach: async (party) => {
      const page = await party.page('doctor')
      await comparison(party, page).getByRole('listitem').first().getByRole('button').first().click()
      await comparison(party, page)
        .getByText(party.say('history:compare.refused.beside'))
        .waitFor({ timeout: 60_000 })
      return page
    },
  },
  {
    name: 'compare-shown',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await presentButton(party, page).click()
      const patient = await party.page('patient')
      await viewerOf(party, patient).getByLabel(party.say('history:compare.stageShown')).waitFor()
      return patient
    },
  },
  {
    name: 'body-site',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await presentButton(party, page).click()
      const patient = await party.page('patient')
      // It closes by itself when nothing is shown any more.
      await viewerOf(party, patient).waitFor({ state: 'detached' })
      await comparison(party, page)
        .getByRole('button', { name: party.say('history:compare.close') })
        .click()
      await viewerButton(party, page, 'history:site.label').click()
      const question = dialog(page, party.say('history:site.question'))
      await question.getByRole('combobox', { name: party.say('history:site.label') }).selectOption('forearm')
      await question.getByText(party.say('history:site.leftShort'), { exact: true }).click()
      return page
    },
  },
  {
    name: 'body-map',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await page.keyboard.press('Escape')
      await dialog(page, party.say('history:site.question')).waitFor({ state: 'detached' })
      await viewerButton(party, page, 'imaging:viewer.close').click()
      await openAtlas(party, page)
      return page
    },
  },
  {
    name: 'series',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await openSeries(party, page)
      return page
    },
  },
  {
    name: 'compare',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      const series = await openSeries(party, page)
      await series.getByRole('button', { name: party.say('history:series.compare') }).click()
      await comparison(party, page).getByRole('listitem').first().getByRole('button').first().click()
      await comparison(party, page)
        .getByText(party.say('history:compare.notice'))
        .waitFor({ timeout: 60_000 })
      await comparison(party, page).getByText(party.say('history:compare.facts.show')).click()
      return page
    },
  },
  {
    name: 'compare-beside',
    reach: async (party) => {
      const page = await party.page('doctor')
      await comparison(party, page)
        .getByRole('button', { name: party.say('history:compare.modes.both'), exact: true })
        .click()
      return page
    },
  },
  {
    name: 'outline-proposed',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await comparison(party, page)
        .getByRole('button', { name: party.say('history:compare.close') })
        .click()
      const series = await openSeries(party, page)
      await series.getByRole('button', { name: party.say('history:series.open') }).click()
      await stage(party, page).waitFor()
      await viewerButton(party, page, 'viewer:modes.original').click()
      await viewerButton(party, page, 'viewer:tools.box').click()
      await drawBox(party, page)
      await viewerOf(party, page).getByText(party.say('outline:proposed')).waitFor({ timeout: 30_000 })
      return page
    },
  },
  {
    name: 'outline-numbers',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await viewerButton(party, page, 'outline:keep').click()
      await openPanel(party, page, 'marks')
      await viewerOf(party, page).getByText(party.say('outline:numbers.title'), { exact: true }).click()
      await viewerOf(party, page).getByText(party.say('outline:numbers.area'), { exact: true }).waitFor()
      await viewerOf(party, page)
        .getByText(party.say('outline:numbers.cWait'))
        .waitFor({ state: 'detached', timeout: 30_000 })
      return page
    },
  },
  {
    name: 'outline-none',
    reach: async (party) => {
      const page = await party.page('doctor')
      await viewerButton(party, page, 'viewer:tools.box').click()
      const shown = await stage(party, page).boundingBox()
      await page.mouse.click((shown?.x ?? 0) + 90, (shown?.y ?? 0) + 90)
      await viewerButton(party, page, 'outline:discard').waitFor()
      return page
    },
  },
  {
    name: 'calibration',
    reach: async (party) => {
      const page = await party.page('doctor')
      await viewerButton(party, page, 'outline:discard').click()
      await stage(party, page).focus()
      for (const key of ['k', 'Enter', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
      await viewerOf(party, page)
        .getByRole('textbox', { name: party.say('viewer:form.millimetres') })
        .waitFor()
      return page
    },
  },
  {
    name: 'series-measured',
    long: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await page.keyboard.press('Escape')
      await viewerButton(party, page, 'imaging:viewer.close').click()
      const series = await openSeries(party, page)
      await series.getByRole('table').scrollIntoViewIfNeeded()
      return page
    },
  },
]

function presentButton(party: Party, page: Page) {
  return comparison(party, page).getByRole('button', { name: party.say('viewer:present.label'), exact: true })
}

const comparison = (party: Party, page: Page) => dialog(page, party.say('history:compare.title'))

async function openAtlas(party: Party, page: Page) {
  const atlas = dialog(page, party.say('history:atlas.title'))
  if (await atlas.isVisible()) return atlas
  await tab(party, page, 'summary').click()
  await page.getByRole('button', { name: party.say('history:atlas.open') }).click()
  await atlas.getByRole('list', { name: party.say('history:site.list') }).waitFor()
  return atlas
}

/** Another size of the window closes what was open over the panel. */
async function openSeries(party: Party, page: Page) {
  const site = party.say('history:site.left', { site: party.say('history:site.names.lowerLeg') })
  const series = dialog(page, site)
  if (await series.isVisible()) return series
  const atlas = await openAtlas(party, page)
  await atlas
    .getByRole('list', { name: party.say('history:site.list') })
    .getByRole('button', { name: new RegExp(site.replace(/[()（）]/g, '.')) })
    .click()
  await series.getByText(party.say('history:series.keys')).waitFor()
  return series
}

/** Around the middle of the picture, where the demo's wound is. */
async function drawBox(party: Party, page: Page): Promise<void> {
  const shown = await viewerOf(party, page)
    .getByRole('img', { name: new RegExp(`^${party.say('imaging:original')}`) })
    .first()
    .boundingBox()
  if (!shown) throw new Error('the picture is not shown')
  const place = (x: number, y: number) => [shown.x + x * shown.width, shown.y + y * shown.height] as const
  await page.mouse.move(...place(0.345, 0.335))
  await page.mouse.down()
  await page.mouse.move(...place(0.45, 0.52), { steps: 3 })
  await page.mouse.move(...place(0.545, 0.535), { steps: 3 })
  await page.mouse.up()
}
