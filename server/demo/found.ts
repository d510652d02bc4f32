import type { OrganizationId, PatientId } from '#shared/ids.ts'
import type { RecognitionSwitch } from '#shared/imaging-recognition.ts'
import type { OrganizationRow, PersonInput, UserRow } from '../identity/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { displayNameOf } from '../records/fold.ts'
import { newPatient } from '../records/new-patient.ts'
import { insertPatient } from '../records/patients.store.ts'
import { insertSchedule } from '../scheduling/schedule.store.ts'
import { clinics, demoPassword, doctors, hospital, patients, staff } from './cast.ts'
import type { DemoPatient } from './cast.ts'
import {
  findOrganizationNamed,
  findPatients,
  findUsers,
  hasOrganizations,
  insertHistories,
  isScheduled,
} from './demo.store.ts'
import { afternoon, Diary, morning, workingDays } from './diary.ts'
import { historyOf } from './history.ts'
import type { Cast, DemoNeeds } from './needs.ts'
import { seeded } from './random.ts'
import type { Doctor } from './visit.ts'

/** Finds the demo clinic, or founds it: whatever of it is missing is made. Refuses a database with a real clinic. */
export async function found(needs: DemoNeeds, ctx: Context): Promise<Cast> {
  const { db, identity, clock, zone } = needs
  const place = async (
    { name, telecom, address }: typeof hospital,
    kind: 'hospital' | 'clinic',
    parentId: OrganizationId | null,
  ) =>
    (await db.read((tx) => findOrganizationNamed(tx, name))) ??
    identity.addOrganization(ctx, { name, kind, parentId, zone, telecom, address })

  if (!(await db.read((tx) => findOrganizationNamed(tx, hospital.name))) && (await db.read(hasOrganizations)))
    throw new Error('this database holds a real clinic; unset BEDSIDE_DEMO or set another DATA_DIR')
  const top = await place(hospital, 'hospital', null)
  await switchOn(needs, ctx, top.id)
  const [east, west] = [await place(clinics[0], 'clinic', top.id), await place(clinics[1], 'clinic', top.id)]
  const add = peopleAdder(needs, ctx)
  await Promise.all(staff.map((person) => add({ ...person, organizationId: top.id })))
  const users = await Promise.all(
    doctors.map(({ clinic, ...doctor }) =>
      add({ ...doctor, role: 'practitioner', organizationId: clinic === 0 ? east.id : west.id }),
    ),
  )
  const practitioners = users.map(asDoctor)
  const patientIds = await db.write(async (tx) => {
    const known = await findPatients(tx, top.id, patients.map((_, n) => recordNumber(n))) // prettier-ignore
    if (known.size === patients.length) return inOrder(known)
    for (const doctor of practitioners) await settle(tx, clock, doctor, zone)
    return addPatients(tx, needs, ctx, top, practitioners)
  })
  await Promise.all(
    patients.map(async (patient, n) => {
      const patientId = patientIds[n]
      if (!patient.email || !patientId) return
      const { email, locale } = patient
      const displayName = displayNameOf(patient.family, patient.given)
      await add({ role: 'patient', displayName, email, locale, patientId, organizationId: top.id })
    }),
  )
  return { doctors: practitioners, patientIds }
}

/** The guard takes nearly all close-ups of skin for sensitive, and the types were learnt from drawings: see their cards. */
const notShown: readonly RecognitionSwitch[] = ['sensitiveContent', 'pictureType']

/** The demo shows what there is to see; whoever has switched something off there does not find it on again. */
async function switchOn({ switches }: DemoNeeds, ctx: Context, organizationId: OrganizationId) {
  for (const { name, decidedBy } of await switches.list(ctx, organizationId))
    if (decidedBy === null && !notShown.includes(name))
      await switches.set(ctx, { organizationId, name, on: true })
}

function peopleAdder({ db, identity }: DemoNeeds, ctx: Context) {
  return async (person: Omit<PersonInput, 'password'>): Promise<UserRow> => {
    const known = await db.read((tx) => findUsers(tx, [person.email]))
    return known.get(person.email) ?? identity.addPerson(ctx, { ...person, password: demoPassword })
  }
}

async function settle(tx: Tx, clock: Clock, { id, organizationId }: Doctor, zone: string): Promise<void> {
  if (await isScheduled(tx, id)) return
  const rules = workingDays.flatMap((weekday) => [
    { weekday, ...morning },
    { weekday, ...afternoon },
  ])
  await insertSchedule(tx, clock, { practitionerId: id, organizationId, zone, rules })
}

async function addPatients(
  tx: Tx,
  { clock, audit, zone }: DemoNeeds,
  ctx: Context,
  { id: organizationId }: OrganizationRow,
  practitioners: readonly Doctor[],
): Promise<PatientId[]> {
  const diary = new Diary(zone)
  const histories = []
  const ids: PatientId[] = []
  for (const [n, patient] of patients.entries()) {
    const { family, given, birthDate, gender, locale, email } = patient
    const phone = `+65 8${String(1_000_000 + n * 73_417).slice(0, 3)} ${String(5000 + n * 37)}`
    const input = { family, given, birthDate, gender, locale, phone, email: email ?? null }
    const rows = newPatient(input, { clock, organizationId, recordNumber: recordNumber(n) })
    const { id: patientId } = rows.patient
    await insertPatient(tx, rows)
    ids.push(patientId)
    audit.append(tx, ctx, { action: 'demo.seeded', patientId })
    const doctor = doctorOf(practitioners, patient)
    histories.push(historyOf({ clock, diary, random: seeded(n + 1), patient, patientId, doctor }))
  }
  await insertHistories(tx, histories)
  return ids
}

function asDoctor({ practitionerId, organizationId, displayName }: UserRow): Doctor {
  if (practitionerId === null) throw new Error('a doctor of the demo cannot be booked')
  return { id: practitionerId, organizationId, displayName }
}

function doctorOf(practitioners: readonly Doctor[], { doctor: n }: DemoPatient): Doctor {
  const doctor = practitioners[n]
  if (!doctor) throw new Error(`the demo has no doctor number ${n}`)
  return doctor
}

function inOrder(known: ReadonlyMap<string, PatientId>): PatientId[] {
  return patients.flatMap((_, n) => known.get(recordNumber(n)) ?? [])
}

function recordNumber(n: number): string {
  return String(48_210_137 + n * 4_111)
}
