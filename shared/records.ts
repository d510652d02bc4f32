import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import {
  AppointmentId,
  ConsultId,
  EncounterId,
  IdempotencyKey,
  NoteId,
  PatientId,
  PractitionerId,
  RecordId,
  SnapshotId,
} from './ids.ts'
import { CalendarDate, Instant } from './time.ts'
import { Locale } from './identity.ts'
import { Appointment, GridInstant, LengthMinutes } from './scheduling.ts'

/** FHIR AdministrativeGender. */
export const Gender = z.enum(['male', 'female', 'other', 'unknown'])

/** Who a patient is, without anything clinical: what a scheduler may see. */
export const PatientDemographics = z.strictObject({
  id: PatientId,
  displayName: z.string(),
  birthDate: CalendarDate,
  gender: Gender,
  identifier: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  locale: Locale,
})
export type PatientDemographics = z.infer<typeof PatientDemographics>

/**
 * Finds by name (any order, folded), identifier or phone; 20 at most, best first. What is looked for travels in the
 * body: addresses end up in logs and histories, and names do not belong there.
 */
export const searchPatients = endpoint({
  method: 'POST',
  path: '/api/patients/search',
  body: z.strictObject({ query: z.string().trim().max(80) }),
  reply: z.strictObject({ patients: z.array(PatientDemographics) }),
})
export const addPatient = endpoint({
  method: 'POST',
  path: '/api/patients',
  body: z.strictObject({
    family: z.string().trim().min(1).max(80),
    given: z.string().trim().min(1).max(80),
    birthDate: CalendarDate,
    gender: Gender,
    phone: z.string().trim().max(40).nullable(),
    email: z.email().max(254).nullable(),
    locale: Locale,
  }),
  reply: PatientDemographics,
  status: 201,
})

/** A coded idea as FHIR's Coding: system URI, code, and the words people read. */
export const Coding = z.strictObject({
  system: z.string().max(120),
  code: z.string().max(64),
  display: z.string().trim().min(1).max(200),
})
export type Coding = z.infer<typeof Coding>

export const Condition = z.strictObject({
  id: RecordId,
  code: Coding,
  clinicalStatus: z.enum(['active', 'inactive', 'resolved']),
  onsetDate: CalendarDate.nullable(),
})
export const Allergy = z.strictObject({
  id: RecordId,
  code: Coding,
  criticality: z.enum(['low', 'high', 'unable-to-assess']),
  reaction: z.string().max(200).nullable(),
})
/** The picture that it was read from and compared with; not there: it was not read from one. FHIR's derivedFrom. */
const source = { derivedFrom: SnapshotId.exactOptional() }

export const Medication = z.strictObject({
  id: RecordId,
  code: Coding,
  dosage: z.string().max(200),
  status: z.enum(['active', 'stopped']),
  startedOn: CalendarDate.nullable(),
  ...source,
})
/** One measured value. Units are UCUM codes. A blood pressure is a panel whose values sit in `components` (LOINC 85354-9). */
export const Observation = z.strictObject({
  id: RecordId,
  code: Coding,
  effectiveAt: Instant,
  value: z.number().nullable(),
  unit: z.string().max(20).nullable(),
  components: z.array(z.strictObject({ code: Coding, value: z.number(), unit: z.string().max(20) })),
  ...source,
})
export type Observation = z.infer<typeof Observation>

/** The vitals that Bedside charts, by LOINC code. `band` is the usual adult reference range. */
export const vitals = {
  bloodPressure: { code: '85354-9', unit: 'mm[Hg]', components: { systolic: '8480-6', diastolic: '8462-4' } },
  heartRate: { code: '8867-4', unit: '/min', band: [60, 100] },
  bodyTemperature: { code: '8310-5', unit: 'Cel', band: [36.1, 37.5] },
  oxygenSaturation: { code: '59408-5', unit: '%', band: [94, 100] },
  bodyWeight: { code: '29463-7', unit: 'kg', band: null },
  bloodGlucose: { code: '15074-8', unit: 'mmol/L', band: [4, 7.8] },
} as const

/** Latest value first, then the series oldest to newest (at most 60 points) for the sparkline. */
export const VitalTrend = z.strictObject({ code: Coding, latest: Observation, series: z.array(Observation) })

export const VisitSummaryLine = z.strictObject({
  encounterId: EncounterId,
  startedAt: Instant,
  practitionerName: z.string(),
  reason: z.string(),
  assessment: z.string().nullable(),
  signed: z.boolean(),
})

/** Everything beside the video, in one request. */
export const PatientContext = z.strictObject({
  patient: PatientDemographics,
  conditions: z.array(Condition),
  allergies: z.array(Allergy),
  medications: z.array(Medication),
  vitals: z.array(VitalTrend),
  visits: z.array(VisitSummaryLine),
  snapshots: z.array(
    z.strictObject({
      id: SnapshotId,
      takenAt: Instant,
      state: z.enum(['processing', 'ready', 'failed']),
      /** As in Snapshot: a model says so, or has yet to answer. */
      sensitive: z.boolean(),
      awaitsContent: z.boolean(),
    }),
  ),
})
export type PatientContext = z.infer<typeof PatientContext>

const ofPatient = z.strictObject({ patientId: PatientId })
export const readPatientContext = endpoint({
  method: 'GET',
  path: '/api/patients/:patientId/context',
  params: ofPatient,
  reply: PatientContext,
})

export const addCondition = endpoint({
  method: 'POST',
  path: '/api/patients/:patientId/conditions',
  params: ofPatient,
  body: Condition.omit({ id: true }),
  reply: Condition,
  status: 201,
})
export const addAllergy = endpoint({
  method: 'POST',
  path: '/api/patients/:patientId/allergies',
  params: ofPatient,
  body: Allergy.omit({ id: true }),
  reply: Allergy,
  status: 201,
})
export const addMedication = endpoint({
  method: 'POST',
  path: '/api/patients/:patientId/medications',
  params: ofPatient,
  body: Medication.omit({ id: true, derivedFrom: true }),
  reply: Medication,
  status: 201,
})
export const addObservation = endpoint({
  method: 'POST',
  path: '/api/patients/:patientId/observations',
  params: ofPatient,
  body: Observation.omit({ id: true, derivedFrom: true }),
  reply: Observation,
  status: 201,
})

const NoteText = z.string().max(20_000)
/** The four parts of a SOAP note. */
export const NoteContent = z.strictObject({
  subjective: NoteText,
  objective: NoteText,
  assessment: NoteText,
  plan: NoteText,
})
export type NoteContent = z.infer<typeof NoteContent>

export const Note = z.strictObject({
  id: NoteId,
  encounterId: EncounterId,
  status: z.enum(['draft', 'signed']),
  /** Rises by one with each saved change; a writer sends the version they read. */
  version: z.number().int(),
  content: NoteContent,
  signature: z
    .strictObject({
      practitionerId: PractitionerId,
      practitionerName: z.string(),
      signedAt: Instant,
      sha256: z.string(),
    })
    .nullable(),
  amendments: z.array(
    z.strictObject({ id: RecordId, at: Instant, practitionerName: z.string(), text: z.string() }),
  ),
  updatedAt: Instant,
})
export type Note = z.infer<typeof Note>

const ofEncounter = z.strictObject({ encounterId: EncounterId })
export const readNote = endpoint({
  method: 'GET',
  path: '/api/encounters/:encounterId/note',
  params: ofEncounter,
  reply: Note,
})
/** Errors: `stale_version` with `version`, `already_signed`. */
export const saveNote = endpoint({
  method: 'PUT',
  path: '/api/encounters/:encounterId/note',
  params: ofEncounter,
  body: z.strictObject({ version: z.number().int(), content: NoteContent }),
  reply: Note,
})
export const signNote = endpoint({
  method: 'POST',
  path: '/api/encounters/:encounterId/note/signature',
  params: ofEncounter,
  body: z.strictObject({ version: z.number().int() }),
  reply: Note,
})
export const amendNote = endpoint({
  method: 'POST',
  path: '/api/encounters/:encounterId/note/amendments',
  params: ofEncounter,
  body: z.strictObject({ text: z.string().trim().min(1).max(20_000), idempotencyKey: IdempotencyKey }),
  reply: Note,
  status: 201,
})
export const bookFollowUp = endpoint({
  method: 'POST',
  path: '/api/encounters/:encounterId/follow-ups',
  params: ofEncounter,
  body: z.strictObject({
    startsAt: GridInstant,
    minutes: LengthMinutes,
    reason: z.string().trim().min(1).max(500),
    idempotencyKey: IdempotencyKey,
  }),
  reply: Appointment,
  status: 201,
})

/** What the patient keeps from a visit. `plan` is null until the doctor has signed the note. */
export const VisitSummary = z.strictObject({
  consultId: ConsultId,
  organizationName: z.string(),
  organizationTelecom: z.string().nullable(),
  practitionerName: z.string(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  plan: z.string().nullable(),
  followUp: z.strictObject({ appointmentId: AppointmentId, startsAt: Instant, endsAt: Instant }).nullable(),
})
export type VisitSummary = z.infer<typeof VisitSummary>
export const readVisitSummary = endpoint({
  method: 'GET',
  path: '/api/consults/:consultId/summary',
  params: z.strictObject({ consultId: ConsultId }),
  reply: VisitSummary,
})

/** The signed-in patient's visits that have begun, newest first, at most 50. */
export const listMySummaries = endpoint({
  method: 'GET',
  path: '/api/my/summaries',
  reply: z.strictObject({ summaries: z.array(VisitSummary) }),
})
