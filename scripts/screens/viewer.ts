import type { Stop } from './stop.ts'
import { openPanel, stage, uncover, viewerButton, viewerOf } from './within.ts'

/** What the doctor can do in the open viewer; ends as it began, with the viewer open. */
export const viewer: readonly Stop[] = [
  {
    name: 'viewer-enhance',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await uncover(party, page)
      await openPanel(party, page, 'enhance')
      await page.getByText(party.say('enhance:preset.xray.name'), { exact: true }).waitFor()
      return page
    },
  },
  {
    name: 'viewer-balance',
    reach: async (party) => {
      const page = await party.page('doctor')
      await viewerButton(party, page, 'enhance:balance.button').click()
      await page.getByText(party.say('enhance:balance.ask')).first().waitFor()
      await page.getByRole('application', { name: party.say('viewer:stage.label') }).press('Enter')
      await viewerButton(party, page, 'enhance:balance.another').waitFor()
      return page
    },
  },
  {
    name: 'viewer-adjust',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await viewerButton(party, page, 'enhance:balance.cancel').click()
      await viewerButton(party, page, 'enhance:adjust').click()
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
      const filter = viewerButton(party, page, 'inside:filter.fine')
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
      await viewerButton(party, page, 'inside:filter.off').click()
      await viewerButton(party, page, 'viewer:modes.blink').click()
      await viewerButton(party, page, 'viewer:blink.run').waitFor()
      return page
    },
  },
  {
    name: 'export',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await viewerButton(party, page, 'viewer:modes.both').click()
      await viewerButton(party, page, 'export:title').click()
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
  {
    name: 'viewer-presenting',
    reach: async (party) => {
      const page = await party.page('doctor')
      await viewerButton(party, page, 'viewer:present.label').click()
      const { displayName } = party.patient()
      await viewerOf(party, page)
        .getByText(party.say('viewer:present.to', { name: displayName }))
        .waitFor()
      return page
    },
  },
  {
    name: 'viewer-following',
    key: true,
    reach: async (party) => {
      const page = await party.page('patient')
      await viewerButton(party, page, 'viewer:follow.roam').waitFor()
      return page
    },
  },
  {
    name: 'viewer-roaming',
    reach: async (party) => {
      const page = await party.page('patient')
      await viewerButton(party, page, 'viewer:follow.roam').click()
      await viewerButton(party, page, 'viewer:follow.again').waitFor()
      return page
    },
  },
  {
    name: 'viewer-together-over',
    reach: async (party) => {
      const page = await party.page('doctor')
      await viewerButton(party, page, 'viewer:present.label').click()
      const patient = await party.page('patient')
      const close = viewerButton(party, patient, 'imaging:viewer.close')
      if (await close.isVisible()) await close.click()
      await stage(party, patient).waitFor({ state: 'detached' })
      return patient
    },
  },
]
