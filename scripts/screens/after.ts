import { addPerson, listOrganizations } from '#shared/identity.ts'
import { at } from './doors.ts'
import type { Party } from './party.ts'
import type { Stop } from './stop.ts'

/** What remains after a visit, the patient's own page, an empty day, and the administrator's rooms. */
export const after: readonly Stop[] = [
  {
    name: 'link-visit-over',
    reach: async (party) => {
      const page = await at(party, 'patient', party.fact('link'))
      await page
        .getByRole('heading', { name: party.say('records:summary.thanks') })
        .or(page.getByRole('heading', { name: party.say('consult:join.problem.consult_ended.title') }))
        .waitFor()
      return page
    },
  },
  {
    name: 'clinic-done',
    long: true,
    reach: async (party) => {
      const page = await at(party, 'doctor', '/clinic')
      await page.getByRole('heading', { name: party.say('clinic:done') }).waitFor()
      return page
    },
  },
  {
    name: 'clinic-keys',
    reach: async (party) => {
      const page = await party.page('doctor')
      await page.keyboard.press('Shift+?')
      await page.getByRole('dialog', { name: party.say('common:keys.title') }).waitFor()
      return page
    },
  },
  {
    name: 'home',
    key: true,
    long: true,
    reach: async (party) => {
      const page = await at(party, 'member', '/home')
      await page.getByText(party.cast.note.plan).first().waitFor()
      return page
    },
  },
  {
    name: 'home-cancel',
    reach: async (party) => {
      const page = await party.page('member')
      await page
        .getByRole('button', { name: party.say('identity:home.cancel') })
        .first()
        .click()
      await page.getByRole('dialog').waitFor()
      return page
    },
  },
  {
    name: 'admin-people',
    key: true,
    long: true,
    reach: async (party) => {
      await hireIdleDoctor(party)
      const page = await at(party, 'admin', '/admin')
      await page.getByText(party.cast.idleName).waitFor()
      return page
    },
  },
  {
    name: 'clinic-empty',
    reach: async (party) => {
      const page = await at(party, 'idleDoctor', '/clinic')
      await page.getByText(party.say('clinic:noVisits'), { exact: true }).waitFor()
      return page
    },
  },
  {
    name: 'admin-add-person',
    reach: async (party) => {
      const page = await party.page('admin')
      await page.getByRole('button', { name: party.say('identity:admin.person.add') }).click()
      const dialog = page.getByRole('dialog', { name: party.say('identity:admin.person.addTitle') })
      await dialog.getByRole('button', { name: party.say('identity:admin.person.submit') }).click()
      await dialog.getByText(party.say('identity:admin.person.nameMissing')).waitFor()
      return page
    },
  },
  {
    name: 'admin-search-none',
    reach: async (party) => {
      const page = await at(party, 'admin', '/admin')
      await page.getByLabel(party.say('identity:admin.person.search')).fill('zzzz')
      await page.getByText(party.say('identity:admin.person.none')).waitFor()
      return page
    },
  },
  {
    name: 'admin-switch-off',
    reach: async (party) => {
      const page = await party.page('admin')
      await page.getByLabel(party.say('identity:admin.person.search')).fill(party.cast.idleName)
      await page
        .getByRole('button', {
          name: party.say('identity:admin.person.switchOffOf', { name: party.cast.idleName }),
        })
        .click()
      await page.getByRole('dialog').waitFor()
      return page
    },
  },
  { name: 'admin-clinics', reach: (party) => section(party, 'clinics') },
  {
    name: 'admin-recognition',
    key: true,
    reach: async (party) => {
      const page = await at(party, 'admin', '/admin?section=recognition')
      await page.getByRole('switch', { name: party.say('models:task.readText.name') }).waitFor()
      await page.getByRole('link', { name: /^pp-ocr-text-detector/ }).waitFor()
      return page
    },
  },
  {
    name: 'models',
    reach: async (party) => {
      const page = await at(party, 'admin', '/models')
      await page.getByRole('region', { name: 'tiny-face-detector' }).waitFor()
      return page
    },
  },
  {
    name: 'admin-log',
    key: true,
    reach: async (party) => {
      const page = await section(party, 'audit')
      await page.getByRole('button', { name: party.say('identity:admin.log.verify') }).click()
      await page.getByText(party.say('identity:admin.log.whole')).waitFor()
      return page
    },
  },
  {
    name: 'admin-log-none',
    reach: async (party) => {
      const page = await section(party, 'audit')
      await page.getByLabel(party.say('identity:admin.log.to'), { exact: true }).fill('2020-01-01')
      await page.getByText(party.say('identity:admin.log.none'), { exact: true }).waitFor()
      return page
    },
  },
  { name: 'admin-system', key: true, reach: (party) => section(party, 'system') },
]

async function section(party: Party, name: 'clinics' | 'audit' | 'system') {
  const page = await at(party, 'admin', `/admin?section=${name}`)
  await page.getByRole('tabpanel').getByRole('table').first().waitFor()
  return page
}

/** A doctor who has come to the clinic today and whom nobody has booked yet. */
async function hireIdleDoctor(party: Party): Promise<void> {
  const { organizations } = await party.ask('admin', listOrganizations)
  const clinic = organizations.find(({ kind }) => kind === 'clinic')
  if (clinic === undefined) throw new Error('the demo has no clinic')
  await party.ask('admin', addPerson, {
    body: {
      role: 'practitioner',
      displayName: party.cast.idleName,
      email: party.cast.idleEmail,
      password: party.clinic.info.accounts[0]?.password ?? '',
      specialty: 'Geriatrics',
      organizationId: clinic.id,
    },
  })
}
