import type { Page } from 'playwright-core'
import { readJoinLink, revokeJoinLink } from '#shared/consult.ts'
import { AppointmentId } from '#shared/ids.ts'
import { cancelAppointment } from '#shared/scheduling.ts'
import { hourMs } from '#shared/time.ts'
import { anAppointment, anOldAppointment, theDueVisit } from './bookings.ts'
import { until } from './browser.ts'
import type { Party } from './party.ts'
import type { Stop } from './stop.ts'

/** Everything in front of the clinic: signing in, wrong addresses, links that do not open, and the patient's way in. */
export const doors: readonly Stop[] = [
  {
    name: 'sign-in',
    key: true,
    long: true,
    reach: async (party) => {
      const page = await at(party, 'stranger', '/sign-in')
      await page.getByLabel(party.say('identity:signIn.email')).waitFor()
      await page.getByText(party.say('identity:demo.title')).waitFor()
      return page
    },
  },
  {
    name: 'sign-in-wrong',
    reach: async (party) => {
      const page = await party.page('stranger')
      await page.getByLabel(party.say('identity:signIn.email')).fill('grace@clinic.example')
      await page
        .getByRole('textbox', { name: party.say('identity:signIn.password') })
        .fill('not the password')
      await page.getByRole('button', { name: party.say('identity:signIn.submit'), exact: true }).click()
      await page.getByText(party.say('common:errors.wrong_credentials.what')).waitFor()
      return page
    },
  },
  {
    name: 'sign-in-empty',
    reach: async (party) => {
      const page = await at(party, 'stranger', '/sign-in')
      await page.getByRole('button', { name: party.say('identity:signIn.submit'), exact: true }).click()
      await page.getByText(party.say('identity:signIn.passwordMissing')).waitFor()
      return page
    },
  },
  { name: 'not-found', reach: (party) => titled(party, '/no-such-page', 'common:notFound.title') },
  { name: 'marker', long: true, reach: (party) => titled(party, '/marker', 'marker:sheet.title') },
  {
    name: 'link-unknown',
    reach: (party) => titled(party, `/join/${'A'.repeat(43)}`, 'consult:join.problem.not_found.title'),
  },
  {
    name: 'link-too-early',
    reach: async (party) => {
      const { id } = await anAppointment(party, { from: party.clinic.house.clock.now() + 3 * hourMs })
      return titled(party, await linkOf(party, id), 'consult:join.problem.link_too_early.title')
    },
  },
  {
    name: 'link-replaced',
    reach: async (party) => {
      const { id } = await anAppointment(party, { from: party.clinic.house.clock.now() + 3 * hourMs })
      const path = await linkOf(party, id)
      await party.ask('desk', revokeJoinLink, { params: { appointmentId: id } })
      return titled(party, path, 'consult:join.problem.link_revoked.title')
    },
  },
  {
    name: 'link-cancelled',
    reach: async (party) => {
      const { id, version } = await anAppointment(party, {
        from: party.clinic.house.clock.now() + 3 * hourMs,
      })
      const path = await linkOf(party, id)
      await party.ask('desk', cancelAppointment, {
        params: { appointmentId: id },
        body: { version, reason: '' },
      })
      return titled(party, path, 'consult:join.problem.appointment_cancelled.title')
    },
  },
  {
    name: 'link-expired',
    reach: async (party) => {
      const { consult, db } = party.clinic.house
      const old = await anOldAppointment(party)
      const address = await db.write((tx) => consult.joinAddressOf(tx, AppointmentId.parse(old.id)))
      return titled(party, new URL(address).pathname, 'consult:join.problem.link_expired.title')
    },
  },
  {
    name: 'join-birth-date',
    key: true,
    reach: async (party) => {
      const due = await theDueVisit(party)
      party.facts.set('link', await linkOf(party, due.id))
      const page = await at(party, 'patient', party.fact('link'))
      await page.getByLabel(party.say('consult:join.birthDate.label')).waitFor()
      return page
    },
  },
  {
    name: 'join-birth-date-wrong',
    reach: async (party) => {
      const page = await party.page('patient')
      await giveBirthDate(party, page, '1950-01-01')
      await page.getByText(party.say('common:errors.wrong_birth_date.what')).waitFor()
      return page
    },
  },
  {
    name: 'join-consent',
    key: true,
    long: true,
    reach: async (party) => {
      const page = await party.page('patient')
      await giveBirthDate(party, page, party.patient().birthDate)
      await page.getByRole('button', { name: party.say('consult:join.consent.agree') }).waitFor()
      return page
    },
  },
  {
    name: 'join-declined',
    long: true,
    reach: async (party) => {
      const page = await party.page('patient')
      await page.getByRole('button', { name: party.say('consult:join.consent.decline') }).click()
      await page.getByText(party.say('consult:join.consent.declined.title')).waitFor()
      return page
    },
  },
  {
    name: 'link-on-other-device',
    reach: (party) => titled(party, party.fact('link'), 'consult:join.problem.link_on_other_device.title'),
  },
  {
    name: 'join-check',
    key: true,
    long: true,
    reach: async (party) => {
      const page = await party.page('patient')
      await agreeAndCheck(party, page)
      await page.getByRole('button', { name: party.say('consult:check.playSound') }).click()
      await page.getByRole('button', { name: party.say('consult:check.heardYes') }).waitFor()
      return page
    },
  },
]

/** Agrees to the video visit and waits until camera, microphone and line have been tried. */
export async function agreeAndCheck(party: Party, page: Page): Promise<void> {
  await page.getByRole('button', { name: party.say('consult:join.consent.agree') }).click()
  await page.getByRole('button', { name: party.say('consult:check.join') }).waitFor()
  await playing(page)
  const tested = ['good', 'fair', 'poor'].map((word) => party.say(`consult:check.line.${word}`))
  await page
    .getByRole('status')
    .filter({ hasText: new RegExp(`^(${tested.join('|')})$`) })
    .last()
    .waitFor({ timeout: 30_000 })
}

export async function giveBirthDate(party: Party, page: Page, birthDate: string): Promise<void> {
  await page.getByLabel(party.say('consult:join.birthDate.label')).fill(birthDate)
  await page.getByRole('button', { name: party.say('consult:join.continue') }).click()
}

/** Every video on the page shows pictures. */
export async function playing(page: Page): Promise<void> {
  await until(
    page,
    'every video shows a picture',
    `(() => {
      const videos = [...document.querySelectorAll('video')].filter((video) => video.checkVisibility())
      return videos.length > 0 && videos.every((video) => video.readyState >= 2 && video.videoWidth > 0)
    })()`,
  )
}

export async function at(party: Party, guest: Parameters<Party['page']>[0], path: string): Promise<Page> {
  const page = await party.page(guest)
  await page.goto(path)
  return page
}

export async function linkOf(party: Party, appointmentId: string): Promise<string> {
  const { url } = await party.ask('desk', readJoinLink, { params: { appointmentId } })
  return new URL(url).pathname
}

async function titled(party: Party, path: string, key: string): Promise<Page> {
  const page = await at(party, 'stranger', path)
  await page.getByRole('heading', { name: party.say(key) }).waitFor()
  return page
}
