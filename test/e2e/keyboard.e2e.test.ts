import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { theDueVisit } from '#scripts/screens/bookings.ts'
import { startDemoClinic } from '#scripts/screens/clinic.ts'
import type { DemoClinic } from '#scripts/screens/clinic.ts'
import { linkOf } from '#scripts/screens/doors.ts'
import { Party } from '#scripts/screens/party.ts'
import { findWorkerBin } from '#scripts/worker/find.ts'

/** The most a join page may load before the birth date can be typed: bytes of script as they travel. */
const scriptLimit = 250_000
const longestWay = 60

describe('without a mouse and without a fast line', function () {
  this.timeout(120_000)
  let clinic: DemoClinic
  let party: Party

  before(async () => {
    clinic = await startDemoClinic(await findWorkerBin())
    party = await Party.gather(clinic, 'en')
  })
  after(async () => {
    await party.close()
    await clinic.close()
  })

  it('a patient waits for at most 250 kB of script before the birth date can be given', async () => {
    const page = await party.page('neighbour')
    const network = await page.context().newCDPSession(page)
    await network.send('Network.enable')
    const requested = new Map<string, { url: string; at: number; script: boolean; bytes: number }>()
    let openedAt = Number.POSITIVE_INFINITY
    network.on('Network.requestWillBeSent', ({ requestId, timestamp, request }) => {
      requested.set(requestId, { url: request.url, at: timestamp, script: false, bytes: 0 })
    })
    network.on('Network.responseReceived', ({ requestId, timestamp, response }) => {
      const one = requested.get(requestId)
      if (one) one.script = response.mimeType.includes('javascript')
      if (response.url.endsWith('/api/join/open')) openedAt = timestamp
    })
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const one = requested.get(requestId)
      if (one) one.bytes = encodedDataLength
    })
    await page.goto(await dueLink(party))
    await page.getByLabel('Date of birth').waitFor()

    // What comes after the link has been opened is fetched while the patient types.
    const scripts = [...requested.values()].filter(({ script, at }) => script && at < openedAt)
    const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0)
    assert.ok(total > 50_000, `only ${total} bytes of script were seen`)
    assert.ok(total <= scriptLimit, `${total} bytes of script in ${scripts.length} files`)
  })

  it('a scheduler turns the tablet, and what was typed is still there', async () => {
    const page = await party.page('desk')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto('/schedule')
    await page.getByRole('button', { name: 'Book appointment' }).first().click()
    const reason = page.getByLabel('Reason')
    await reason.fill('Cough at night')
    await page.getByRole('button', { name: 'Add patient' }).click()
    const familyName = page.getByLabel('Family name')
    await familyName.fill('Sørensen')
    for (const [width, height] of [
      [900, 1200],
      [390, 844],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height })
      await reason.waitFor()
      assert.equal(await reason.inputValue(), 'Cough at night', `at ${width} pixels`)
      assert.equal(await familyName.inputValue(), 'Sørensen', `at ${width} pixels`)
    }
    await page.getByRole('button', { name: 'Close' }).first().click()
  })

  it('a scheduler signs in and books a visit', async () => {
    const page = await party.page('stranger')
    const account = clinic.info.accounts.find(({ role }) => role === 'scheduler')
    assert.ok(account)
    await page.goto('/sign-in')
    await page.getByLabel('Email').waitFor()
    await tabTo(page, 'Email')
    await page.keyboard.type(account.email)
    await tabTo(page, 'Password')
    await page.keyboard.type(account.password)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/schedule')

    await page.getByRole('button', { name: 'Book appointment' }).waitFor()
    await tabTo(page, 'Book appointment')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Patient')
    await page.keyboard.type('Rahman')
    await page.getByRole('option', { name: 'Aisha Rahman' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Doctor')
    await page.keyboard.type('Dr. Anna')
    await page.getByLabel('Start', { exact: true }).locator('option').nth(1).waitFor({ state: 'attached' })
    await tabTo(page, 'Start')
    await page.keyboard.press('ArrowDown')
    await tabTo(page, 'Reason')
    await page.keyboard.type('Cough at night')
    await tabTo(page, 'Book')
    await page.keyboard.press('Enter')
    await page.getByText('Send the patient the link; no account is needed.').waitFor()
    await tabTo(page, 'Copy visit link')
  })

  it('a button that is at work keeps the focus, and is not at work twice', async () => {
    const page = await party.page('stranger')
    const held = await holdBack(page, '**/join-link')
    const focused = page.locator(':focus')
    await page.keyboard.press('Enter')
    await page.locator('button[data-loading]').and(focused).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Space')
    held.letThrough()
    await page.getByRole('button', { name: 'Copied' }).and(focused).waitFor()
    assert.equal(held.count(), 1)
    await page.unroute('**/join-link')
  })

  it('a form that is being sent is not sent again by a second Enter', async () => {
    const page = await party.page('neighbour')
    const held = await holdBack(page, '**/api/join/verify')
    await page.getByLabel('Date of birth').fill('1900-01-01')
    await page.keyboard.press('Enter')
    await page.locator('button[data-loading]').waitFor()
    await page.keyboard.press('Enter')
    held.letThrough()
    await page.locator('button[data-loading]').waitFor({ state: 'detached' })
    assert.equal(held.count(), 1)
    await page.unroute('**/api/join/verify')
  })

  it('a patient comes from the link into the waiting room', async () => {
    const page = await party.page('patient')
    await page.goto(await dueLink(party))
    await page.getByLabel('Date of birth').waitFor()
    await tabTo(page, 'Date of birth')
    await page.keyboard.type(party.patient().birthDate)
    await page.keyboard.press('Enter')
    await heading(page, 'A visit by video')
    await tabTo(page, 'I agree, continue')
    await page.keyboard.press('Enter')
    await heading(page, 'Let us see whether everything works')
    await tabTo(page, 'Play test sound')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Yes' }).waitFor()
    await tabTo(page, 'Yes')
    await page.keyboard.press('Space')
    await tabTo(page, 'Join waiting room')
    await page.keyboard.press('Enter')
    await heading(page, 'You are in the waiting room')
  })

  it('a doctor admits the patient, and both go on in the consult', async () => {
    const page = await party.page('doctor')
    await page.goto('/clinic')
    await page.getByRole('button', { name: `Admit ${party.patient().displayName}` }).press('Enter')
    await page.waitForURL('**/consults/*')
    await focusIsOn(page.getByRole('main'))
    await focusIsOn((await party.page('patient')).getByRole('main'))
  })

  it('a patient who has answered for a picture goes on where they were before', async () => {
    const doctor = await party.page('doctor')
    const patient = await party.page('patient')
    const chat = patient.getByRole('group', { name: 'Call controls' }).getByRole('button', { name: /^Chat/ })
    await chat.focus()
    const ask = doctor.getByRole('button', { name: 'Take snapshot' })
    await ask.press('Enter')
    const question = patient.getByRole('dialog', { name: /asks to take a picture$/ })
    await focusIsOn(question.getByRole('button', { name: 'Allow' }))
    await question.getByRole('button', { name: 'Not now' }).press('Enter')
    await question.waitFor({ state: 'detached' })
    await focusIsOn(chat)
    await focusIsOn(ask)
  })

  it('a doctor looks for the first free week, and leaves again', async () => {
    const page = await party.page('doctor')
    const open = page.getByRole('button', { name: 'Book follow-up' })
    await open.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Book a follow-up' })
    const earlier = dialog.getByRole('button', { name: 'Earlier week' })
    await earlier.press('Enter')
    await earlier.press('Enter')
    await dialog.locator('button[aria-disabled="true"]').and(earlier).waitFor()
    await focusIsOn(earlier)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await focusIsOn(open)
  })

  it('a doctor signs the note, and adds to it', async () => {
    const page = await party.page('doctor')
    const note = page.getByRole('region', { name: 'Visit note' })
    await note.getByLabel('Plan').fill('Water before getting up.')
    await note.getByText('Saved', { exact: true }).waitFor()
    await note.getByRole('button', { name: 'Sign note' }).press('Enter')
    const question = page.getByRole('dialog', { name: 'Sign this note?' })
    await focusIsOn(question.getByRole('button', { name: 'Keep writing' }))
    await question.getByRole('button', { name: 'Sign', exact: true }).press('Enter')
    await question.waitFor({ state: 'detached' })
    await focusIsOn(
      note.locator('div').filter({ hasText: 'Water before getting up.' }).and(page.locator(':focus')),
    )
    await tabTo(page, 'Add to the signed note')
    await page.keyboard.type('Taken twice, not once.')
    await tabTo(page, 'Add amendment')
    await page.keyboard.press('Enter')
    await note.getByText('Taken twice, not once.').and(note.locator('p')).waitFor()
    await focusIsOn(note.getByRole('button', { name: 'Add amendment' }))
  })

  it('who is in a visit that has been ended goes on in the page that follows', async () => {
    const page = await party.page('doctor')
    await page.getByRole('button', { name: 'End consult' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'End consult' }).press('Enter')
    const patient = await party.page('patient')
    await patient.waitForURL('**/summary')
    await focusIsOn(patient.getByRole('main'))
    await focusIsOn(page.getByRole('heading', { level: 1 }))
  })

  it('whoever signs in goes on in the page that opens', async () => {
    const page = await party.page('stranger')
    await page.context().clearCookies()
    await page.goto('/sign-in')
    await page.getByRole('button', { name: /Administrator$/ }).press('Enter')
    await page.waitForURL('**/admin')
    await focusIsOn(page.getByRole('main'))
  })
})

/** Waits until this has the focus: dialogs give it back a moment after they have gone. */
async function focusIsOn(place: Locator): Promise<void> {
  await place.and(place.page().locator(':focus')).waitFor()
}

/** Presses Tab until the thing with this name has the focus, and sees that the focus can be seen. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = []
  for (let step = 0; step <= longestWay; step++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element === document.body) return null
      const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : []
      const words = element.getAttribute('aria-label') ?? labels[0]?.innerText ?? element.innerText
      return { words: words.trim(), visible: element.matches(':focus-visible') }
    })
    if (focused && focused.words.split('\n')[0]?.replace(/\s*\*$/, '') === name) {
      assert.ok(focused.visible, `the focus on ${name} cannot be seen`)
      return
    }
    passed.push(focused?.words.split('\n')[0] ?? 'nothing')
    await page.keyboard.press('Tab')
  }
  assert.fail(`${longestWay} steps did not lead to ${name}, but to ${passed.join(', ')}`)
}

/** Requests to this address are counted, and wait until they are let through. */
async function holdBack(page: Page, address: string) {
  const open = Promise.withResolvers<void>()
  let asked = 0
  await page.route(address, async (route) => {
    asked++
    await open.promise
    await route.fallback()
  })
  return { count: () => asked, letThrough: () => open.resolve() }
}

/** The next step has come, and the focus with it: screen readers begin there. */
async function heading(page: Page, words: string): Promise<void> {
  const title = page.getByRole('heading', { name: words, level: 1 })
  await title.waitFor()
  await page.locator('h1:focus').filter({ hasText: words }).waitFor()
}

async function dueLink(party: Party): Promise<string> {
  const { id } = await theDueVisit(party)
  return linkOf(party, id)
}
