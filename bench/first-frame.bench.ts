import { join } from 'node:path'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { build } from 'vite'
import { readJoinLink } from '#shared/consult.ts'
import { signIn } from '#shared/identity.ts'
import { searchPatients } from '#shared/records.ts'
import type { PatientDemographics } from '#shared/records.ts'
import { bookAppointment, findSlots } from '#shared/scheduling.ts'
import { hourMs } from '#shared/time.ts'
import { findWorkerBin } from '#scripts/worker/find.ts'
import { demoPassword, patients as cast } from '#server/demo/cast.ts'
import { ownBrowser } from '#test/support/browser.ts'
import { aKey } from '#test/support/builders.ts'
import { Client } from '#test/support/client.ts'
import { openDemoClinic } from '#test/support/demo-clinic.ts'
import type { DemoClinic } from '#test/support/demo-clinic.ts'
import { aDoctor, aPatientAtHome } from '#test/support/people.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startBare } from './bare/server.ts'
import { compared, type BenchResult } from './result.ts'

const limit = 1.25
const runs = 14
const doctors = [
  { email: 'doctor@demo.bedside.example', visits: 5 },
  { email: 'doctor.okafor@demo.bedside.example', visits: 5 },
  { email: 'doctor.lindqvist@demo.bedside.example', visits: 5 },
]

/**
 * From the doctor's click on "Admit" to the first decoded frame of the patient, against a click on "Join" in a bare page
 * with nothing but mediasoup, mediasoup-client and a WebSocket; same Chromium, same worker, in turn. The bare page is
 * let off lightly: its cameras run and its codecs are loaded before the click.
 */
export async function run(): Promise<BenchResult[]> {
  const clinic = await openDemoClinic('embedded')
  const page = await bundleBarePage()
  const bare = await startBare(await findWorkerBin(), page)
  try {
    const visits = await bookVisits(clinic)
    const ours: number[] = []
    const theirs: number[] = []
    for (const [n, visit] of visits.entries()) {
      const mine = await firstFrameOfOurs(clinic, visit)
      const other = await firstFrameOfBare(bare.url)
      // The first round warms the browser, the disk and both workers.
      if (n === 0) continue
      ours.push(mine)
      theirs.push(other)
    }
    return [compared('Click on "Admit" to the first remote frame', 'ms', ours, theirs, limit)]
  } finally {
    await bare.close()
    await clinic.close()
    await rm(page, { recursive: true, force: true })
  }
}

type Visit = { link: string; doctor: string; patient: PatientDemographics }

/** Five-minute visits within the next half hour, so that every link is open. */
async function bookVisits(clinic: DemoClinic): Promise<Visit[]> {
  const desk = new Client(clinic.url)
  await desk.call(signIn, { body: { email: 'scheduler@demo.bedside.example', password: demoPassword } })
  const patients: PatientDemographics[] = []
  const english = cast.filter(({ locale }) => locale === 'en')
  for (const { given, family } of english.slice(0, runs + 1)) {
    const found = await desk.call(searchPatients, { body: { query: `${given} ${family}` } })
    patients.push(...found.patients.slice(0, 1))
  }
  const visits: Visit[] = []
  for (const { email, visits: count } of doctors) {
    const doctor = new Client(clinic.url)
    const me = await doctor.call(signIn, { body: { email, password: demoPassword } })
    if (me.practitionerId === null) throw new Error(`${email} is no doctor`)
    await clinic.freesTheNextHour(me.displayName)
    const from = Date.now()
    const query = { practitionerId: me.practitionerId, from, to: from + hourMs, minutes: 5 }
    const { slots } = await desk.call(findSlots, { query })
    for (const startsAt of slots.slice(0, count)) {
      const patient = patients[visits.length]
      if (!patient) throw new Error('the demo clinic has too few patients')
      const body = {
        patientId: patient.id,
        practitionerId: me.practitionerId,
        startsAt,
        minutes: 5,
        reason: 'Check-up',
        idempotencyKey: aKey(),
      }
      const { id } = await desk.call(bookAppointment, { body })
      const { url } = await desk.call(readJoinLink, { params: { appointmentId: id } })
      visits.push({ link: url, doctor: email, patient })
    }
  }
  return visits
}

async function firstFrameOfOurs(
  clinic: DemoClinic,
  { link, doctor: email, patient: who }: Visit,
): Promise<number> {
  const patient = await aPatientAtHome()
  const doctor = await aDoctor(clinic.doctorsUrl)
  try {
    await patient.joins(link, { name: who.displayName, birthDate: who.birthDate })
    await doctor.signsIn(email)
    const admit = doctor.button(`Admit ${who.displayName}`)
    await admit.waitFor()
    await doctor.page.evaluate(watchFor, `Video of ${who.displayName}`)
    await admit.click()
    return await firstFrame(doctor.page)
  } finally {
    await patient.leavesTheRoom()
    await doctor.leavesTheRoom()
  }
}

async function firstFrameOfBare(url: string): Promise<number> {
  const [patient, doctor] = await Promise.all([ownBrowser(), ownBrowser()])
  try {
    for (const { page } of [patient, doctor]) {
      await page.goto(url)
      await page.waitForFunction(() => window.ready === true)
    }
    await doctor.page.getByRole('button', { name: 'Join' }).click()
    return await firstFrame(doctor.page)
  } finally {
    await patient.context.close()
    await doctor.context.close()
  }
}

function firstFrame(page: Awaited<ReturnType<typeof ownBrowser>>['page']): Promise<number> {
  return waitFor(
    'the first frame of the other one',
    () => page.evaluate(() => window.firstFrameMs ?? 0),
    20_000,
  )
}

/** In our page: from the next click to the first frame of the video with this name. */
function watchFor(name: string): void {
  let clicked = 0
  document.addEventListener('click', () => (clicked ||= performance.now()), { capture: true })
  const seen = new WeakSet<HTMLVideoElement>()
  new MutationObserver(() => {
    for (const video of document.querySelectorAll('video')) {
      if (seen.has(video) || video.getAttribute('aria-label') !== name) continue
      seen.add(video)
      video.requestVideoFrameCallback(() => (window.firstFrameMs ??= performance.now() - clicked))
    }
  }).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['aria-label'],
  })
}

async function bundleBarePage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bedside-bare-'))
  const source = join(import.meta.dirname, 'bare')
  await build({
    configFile: false,
    logLevel: 'error',
    root: source,
    build: {
      outDir: folder,
      emptyOutDir: false,
      lib: { entry: join(source, 'page.ts'), formats: ['es'], fileName: () => 'page.js' },
    },
  })
  await copyFile(join(source, 'index.html'), join(folder, 'index.html'))
  return folder
}
