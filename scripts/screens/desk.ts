import type { Page } from 'playwright-core'
import { at } from './doors.ts'
import type { Party } from './party.ts'
import type { Stop } from './stop.ts'

/** The scheduler's day: the calendar, booking a visit and changing it. */
export const desk: readonly Stop[] = [
  {
    name: 'schedule-day',
    key: true,
    reach: async (party) => {
      const page = await at(party, 'desk', '/schedule')
      await page.getByRole('button', { name: bookButton(party) }).waitFor()
      await page.getByText(party.patient().displayName).first().waitFor()
      return page
    },
  },
  {
    name: 'schedule-week',
    reach: async (party) => {
      const page = await party.page('desk')
      await page.keyboard.press('w')
      return page
    },
  },
  {
    name: 'schedule-keys',
    reach: async (party) => {
      const page = await at(party, 'desk', '/schedule')
      await page.getByRole('button', { name: bookButton(party) }).waitFor()
      await page.keyboard.press('Shift+?')
      await page.getByRole('dialog', { name: party.say('common:keys.title') }).waitFor()
      return page
    },
  },
  {
    name: 'schedule-offline',
    reach: async (party) => {
      const page = await at(party, 'desk', '/schedule')
      await page.getByText(party.patient().displayName).first().waitFor()
      await page.context().setOffline(true)
      await page.getByText(party.say('common:connection.offline')).waitFor()
      return page
    },
  },
  {
    name: 'schedule-booking-missing',
    reach: async (party) => {
      const page = await party.page('desk')
      await page.context().setOffline(false)
      await openBooking(party)
      await submit(party, page)
      await page.getByText(party.say('scheduling:booking.reasonMissing')).waitFor()
      return page
    },
  },
  {
    name: 'schedule-new-patient',
    reach: async (party) => {
      const page = await party.page('desk')
      await page.getByRole('button', { name: party.say('scheduling:patient.add') }).click()
      const { family, given } = party.cast.newPatient
      await page.getByLabel(party.say('scheduling:newPatient.family')).fill(family)
      await page.getByLabel(party.say('scheduling:newPatient.given')).fill(given)
      return page
    },
  },
  {
    name: 'schedule-search',
    reach: async (party) => {
      const page = await openBooking(party)
      await searchPatient(party, page)
      return page
    },
  },
  {
    name: 'schedule-booking',
    key: true,
    reach: async (party) => {
      const page = await openBooking(party)
      await searchPatient(party, page)
      await page.getByRole('option', { name: party.patient(1).displayName }).click()
      await fillBooking(party, page)
      return page
    },
  },
  {
    name: 'schedule-booked',
    key: true,
    reach: async (party) => {
      const page = await party.page('desk')
      await submit(party, page)
      await page.getByText(party.say('scheduling:booking.bookedNext')).waitFor()
      return page
    },
  },
  {
    name: 'schedule-change-time',
    reach: async (party) => {
      const page = await party.page('desk')
      await page.getByRole('button', { name: party.say('scheduling:visit.change') }).click()
      await page.getByRole('button', { name: party.say('scheduling:visit.changeSubmit') }).waitFor()
      return page
    },
  },
  {
    name: 'schedule-cancel',
    reach: async (party) => {
      const page = await party.page('desk')
      await page.getByRole('button', { name: party.say('scheduling:visit.cancel') }).click()
      await page
        .getByRole('dialog', {
          name: party.say('scheduling:visit.cancelTitle', { name: party.patient(1).displayName }),
        })
        .waitFor()
      return page
    },
  },
  {
    name: 'person-menu',
    reach: async (party) => {
      const page = await at(party, 'desk', '/schedule')
      await page.getByRole('button', { name: party.say('common:menu.person') }).click()
      await page.getByRole('menuitem', { name: party.say('common:menu.signOut') }).waitFor()
      return page
    },
  },
]

async function openBooking(party: Party): Promise<Page> {
  const page = await at(party, 'desk', '/schedule')
  await page.getByRole('button', { name: bookButton(party) }).click()
  return page
}

async function searchPatient(party: Party, page: Page): Promise<void> {
  const { family, displayName } = party.patient(1)
  await page.getByRole('combobox', { name: party.say('scheduling:patient.label') }).fill(family)
  await page.getByRole('option', { name: displayName }).waitFor()
}

/** Doctor, time and reason; the patient has been chosen. */
export async function fillBooking(party: Party, page: Page): Promise<void> {
  const doctor = page.getByLabel(party.say('scheduling:booking.doctor'), { exact: true })
  const wanted = doctor.locator('option').nth(1)
  await doctor.selectOption(await wanted.getAttribute('value'))
  const start = page.getByLabel(party.say('scheduling:booking.start'), { exact: true })
  await start.locator('option').nth(1).waitFor({ state: 'attached' })
  const times = await start.locator('option').all()
  await start.selectOption((await times.at(-1)?.getAttribute('value')) ?? '')
  await page.getByLabel(party.say('scheduling:booking.reason'), { exact: true }).fill(party.cast.reason)
}

const bookButton = (party: Party): string => party.say('scheduling:book')

async function submit(party: Party, page: Page): Promise<void> {
  await page.getByRole('button', { name: party.say('scheduling:booking.submit'), exact: true }).click()
}
