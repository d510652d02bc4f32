import type { Locator, Page } from 'playwright-core'
import { doctors } from '#server/demo/cast.ts'
import { theVisitAfterIt } from './bookings.ts'
import { agreeAndCheck, at, giveBirthDate, linkOf, playing } from './doors.ts'
import { until } from './browser.ts'
import type { Party } from './party.ts'
import type { Stop } from './stop.ts'
import { overTime } from './over-time.ts'
import { recognition } from './recognition.ts'
import { viewer } from './viewer.ts'
import { dialog, enhancedOf, tab } from './within.ts'

/** From the waiting room to the end of the call, on both sides. */
export const visit: readonly Stop[] = [
  {
    name: 'clinic-nobody',
    reach: async (party) => {
      const page = await at(party, 'doctor', '/clinic')
      await page.getByText(party.say('clinic:nobodyWaits')).waitFor()
      return page
    },
  },
  {
    name: 'waiting-room',
    key: true,
    long: true,
    reach: async (party) => {
      const page = await party.page('patient')
      await page.getByRole('button', { name: party.say('consult:check.heardYes') }).click()
      await page.getByRole('button', { name: party.say('consult:check.join') }).click()
      await page.getByText(party.say('consult:wait.next')).first().waitFor()
      await playing(page)
      return page
    },
  },
  {
    name: 'waiting-room-second',
    long: true,
    reach: async (party) => {
      const { id } = await theVisitAfterIt(party)
      const page = await at(party, 'neighbour', await linkOf(party, id))
      await giveBirthDate(party, page, party.patient(1).birthDate)
      await agreeAndCheck(party, page)
      await page.getByRole('button', { name: party.say('consult:check.join') }).click()
      await page
        .getByText(party.say('consult:wait.before_one', { count: '1' }))
        .first()
        .waitFor()
      return page
    },
  },
  {
    name: 'waiting-room-chat',
    long: true,
    reach: async (party) => {
      const page = await party.page('patient')
      await write(party, page, party.cast.messages.patient)
      return page
    },
  },
  {
    name: 'waiting-room-leave',
    reach: async (party) => {
      const page = await party.page('neighbour')
      await page.getByRole('button', { name: party.say('consult:wait.leave') }).click()
      await dialog(page, party.say('consult:wait.leaveTitle')).waitFor()
      return page
    },
  },
  {
    name: 'clinic-waiting',
    key: true,
    long: true,
    reach: async (party) => {
      const neighbour = await party.page('neighbour')
      await neighbour.getByRole('button', { name: party.say('consult:wait.stay') }).click()
      const page = await party.page('doctor')
      for (const place of [0, 1] as const) await admitButton(party, page, place).waitFor()
      return page
    },
  },
  {
    name: 'consult-summary',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await admitButton(party, page, 0).click()
      await page.waitForURL('**/consults/*')
      party.facts.set('consult', new URL(page.url()).pathname.split('/').at(-1) ?? '')
      await tab(party, page, 'summary').waitFor()
      await playing(page)
      await sharp(page)
      return page
    },
  },
  {
    name: 'consult-patient',
    key: true,
    reach: async (party) => {
      const page = await party.page('patient')
      await page.getByRole('button', { name: party.say('consult:bar.leave') }).waitFor()
      await playing(page)
      await sharp(page)
      return page
    },
  },
  {
    name: 'consult-chat',
    reach: async (party) => {
      const page = await party.page('doctor')
      await tab(party, page, 'chat').click()
      await page.getByRole('log').getByText(party.cast.messages.patient).waitFor()
      await write(party, page, party.cast.messages.doctor)
      return page
    },
  },
  {
    name: 'consult-patient-chat',
    reach: async (party) => {
      const page = await party.page('patient')
      await page
        .getByRole('group', { name: party.say('consult:bar.label') })
        .getByRole('button', { name: party.say('consult:bar.chat') })
        .click()
      await page.getByRole('log').getByText(party.cast.messages.doctor).waitFor()
      return page
    },
  },
  {
    name: 'consult-pictures-none',
    reach: async (party) => {
      const patient = await party.page('patient')
      await patient.getByRole('button', { name: party.say('consult:room.closePanel') }).click()
      const page = await party.page('doctor')
      await tab(party, page, 'pictures').click()
      await page.getByText(party.say('imaging:none')).waitFor()
      return page
    },
  },
  {
    name: 'snapshot-question',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await page.getByRole('button', { name: party.say('imaging:take') }).click()
      const patient = await party.page('patient')
      const { displayName = '' } = doctors[party.cast.doctor] ?? {}
      await dialog(patient, party.say('imaging:question', { name: displayName })).waitFor()
      await playing(patient)
      return patient
    },
  },
  {
    name: 'snapshot-asked',
    reach: async (party) => {
      const page = await party.page('doctor')
      const { displayName } = party.patient()
      await page
        .getByText(party.say('imaging:asked', { name: displayName }))
        .first()
        .waitFor()
      return page
    },
  },
  {
    name: 'capture-guide',
    key: true,
    reach: async (party) => {
      const page = await party.page('patient')
      await page.getByRole('button', { name: party.say('capture:setUp') }).click()
      await page.getByText(party.say('capture:guideText')).waitFor()
      return page
    },
  },
  {
    name: 'capture-review',
    key: true,
    reach: async (party) => {
      const page = await party.page('patient')
      await page.getByRole('button', { name: party.say('capture:takePicture') }).click()
      await page.getByRole('img', { name: party.say('capture:review.alt') }).waitFor()
      return page
    },
  },
  {
    name: 'snapshot-taken',
    key: true,
    reach: async (party) => {
      const patient = await party.page('patient')
      await patient.getByRole('button', { name: party.say('capture:review.use') }).click()
      const page = await party.page('doctor')
      await enhancedOf(party, page).first().waitFor({ timeout: 60_000 })
      return page
    },
  },
  {
    name: 'snapshot-patient',
    reach: async (party) => {
      const page = await party.page('patient')
      await enhancedOf(party, page).first().waitFor()
      return page
    },
  },
  {
    name: 'snapshot-viewer',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await enhancedOf(party, page).first().click()
      await dialog(page, party.say('imaging:viewer.title')).waitFor()
      return page
    },
  },
  ...viewer,
  ...overTime,
  ...recognition,
  {
    name: 'consult-note',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await page.getByRole('button', { name: party.say('imaging:viewer.close') }).click()
      // On a wide screen the note is under the video already.
      const note = page.getByRole('region', { name: party.say('records:note.title') })
      await tab(party, page, 'note').click()
      await note.waitFor()
      for (const part of ['subjective', 'objective', 'assessment', 'plan'] as const) {
        await note.getByLabel(party.say(`records:note.${part}`), { exact: true }).fill(party.cast.note[part])
      }
      await note.getByText(party.say('records:note.state.saved')).waitFor()
      return page
    },
  },
  {
    name: 'follow-up',
    reach: async (party) => {
      const page = await party.page('doctor')
      await chooseFollowUp(party, page)
      return page
    },
  },
  {
    name: 'note-sign',
    reach: async (party) => {
      const page = await party.page('doctor')
      const followUp = dialog(page, party.say('records:followUp.title'))
      // Another size of the window has moved the note, and closed what was open over it.
      if (!(await followUp.isVisible())) await chooseFollowUp(party, page)
      await followUp.getByRole('button', { name: party.say('records:followUp.book'), exact: true }).click()
      await followUp.waitFor({ state: 'hidden' })
      await askToSign(party, page)
      return page
    },
  },
  {
    name: 'note-signed',
    reach: async (party) => {
      const page = await party.page('doctor')
      const question = dialog(page, party.say('records:note.signTitle'))
      if (!(await question.isVisible())) await askToSign(party, page)
      await question.getByRole('button', { name: party.say('records:note.signNow'), exact: true }).click()
      await page.getByLabel(party.say('records:amend.label')).first().fill(party.cast.amendment)
      return page
    },
  },
  {
    name: 'clinic-live',
    reach: async (party) => {
      const board = await (await party.context('doctor')).newPage()
      await board.goto('/clinic')
      await board.getByRole('link', { name: party.say('clinic:return') }).waitFor()
      return board
    },
  },
  {
    name: 'consult-end',
    reach: async (party) => {
      const page = await party.page('doctor')
      // A page behind another one is hardly painted.
      for (const other of page.context().pages()) if (other !== page) await other.close()
      await page.getByRole('button', { name: party.say('consult:bar.end'), exact: true }).click()
      await dialog(page, party.say('consult:end.title', { name: party.patient().displayName })).waitFor()
      return page
    },
  },
  {
    name: 'consult-after',
    reach: async (party) => {
      const page = await party.page('doctor')
      await dialog(page, party.say('consult:end.title', { name: party.patient().displayName }))
        .getByRole('button', { name: party.say('consult:bar.end') })
        .click()
      const { displayName } = party.patient()
      await page
        .getByRole('heading', { name: party.say('consult:after.title', { name: displayName }) })
        .waitFor()
      return page
    },
  },
  {
    name: 'summary',
    key: true,
    long: true,
    reach: async (party) => {
      const page = await party.page('patient')
      await page.waitForURL('**/summary')
      await page.getByText(party.cast.note.plan).waitFor()
      return page
    },
  },
]

async function chooseFollowUp(party: Party, page: Page): Promise<void> {
  await page.getByRole('button', { name: party.say('records:followUp.open') }).click()
  const followUp = dialog(page, party.say('records:followUp.title'))
  await followUp.getByText(party.say('records:followUp.in.28')).click()
  await followUp
    .getByRole('radiogroup', { name: party.say('records:followUp.start') })
    .getByText(/^\d\d:\d\d$/)
    .nth(2)
    .click()
}

async function askToSign(party: Party, page: Page): Promise<void> {
  await page.getByRole('button', { name: party.say('records:note.sign'), exact: true }).click()
  await dialog(page, party.say('records:note.signTitle')).waitFor()
}

function admitButton(party: Party, page: Page, place: 0 | 1): Locator {
  const { displayName } = party.patient(place)
  return page.getByRole('button', { name: party.say('clinic:admit', { name: displayName }) })
}

async function write(party: Party, page: Page, text: string): Promise<void> {
  const field = page.getByLabel(party.say('consult:chat.label'), { exact: true }).last()
  await field.fill(text)
  await field.press('Enter')
  await page.getByRole('log').getByText(text).waitFor()
}

/** The large picture comes in its full size; it begins small while the line is being measured. */
async function sharp(page: Page): Promise<void> {
  await until(
    page,
    'the large picture has its full size',
    'Math.max(...[...document.querySelectorAll("video")].map((video) => video.videoWidth)) >= 640',
  )
}
