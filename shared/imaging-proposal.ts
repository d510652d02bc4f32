import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { IdempotencyKey, RecordId, SnapshotId } from './ids.ts'
import { ModelName, SeenBox, TextLine } from './imaging-recognition.ts'
import { vitals } from './records.ts'
import { Instant } from './time.ts'

// --- What a screen may say --------------------------------------------------------------------------------------------

/** The vitals that are read off a device's screen: all that Bedside charts. */
export const ReadableVital = z.enum([
  'bloodPressure',
  'heartRate',
  'bodyTemperature',
  'oxygenSaturation',
  'bodyWeight',
  'bloodGlucose',
])
export type ReadableVital = z.infer<typeof ReadableVital>

/** UCUM codes of the units that devices show; the chart has one for each vital. */
export const ReadUnit = z.enum([
  'mm[Hg]',
  'kPa',
  '/min',
  'Cel',
  '[degF]',
  '%',
  'kg',
  '[lb_av]',
  'mg/dL',
  'mmol/L',
])
export type ReadUnit = z.infer<typeof ReadUnit>

type Range = readonly [least: number, most: number]
type Scale = { readonly unit: ReadUnit; readonly values: readonly Range[] }

/**
 * In which units a vital is shown, and between which values a living person's is; a blood pressure has two, the systolic
 * first. Beyond them a number is more likely misread than measured.
 */
export const scales: Readonly<Record<ReadableVital, readonly Scale[]>> = {
  bloodPressure: [
    { unit: 'mm[Hg]', values: [[60, 260], [30, 160]] }, // prettier-ignore
    { unit: 'kPa', values: [[8, 35], [4, 21]] }, // prettier-ignore
  ],
  heartRate: [{ unit: '/min', values: [[25, 230]] }], // prettier-ignore
  bodyTemperature: [
    { unit: 'Cel', values: [[32, 43]] }, // prettier-ignore
    { unit: '[degF]', values: [[89.6, 109.4]] }, // prettier-ignore
  ],
  oxygenSaturation: [{ unit: '%', values: [[50, 100]] }], // prettier-ignore
  bodyWeight: [
    { unit: 'kg', values: [[1.5, 300]] }, // prettier-ignore
    { unit: '[lb_av]', values: [[3.3, 660]] }, // prettier-ignore
  ],
  bloodGlucose: [
    { unit: 'mmol/L', values: [[1, 35]] }, // prettier-ignore
    { unit: 'mg/dL', values: [[36, 630]] }, // prettier-ignore
  ],
}

/** False for numbers that no living person has, and for a systolic pressure below the diastolic one. */
export function isPlausible(vital: ReadableVital, numbers: readonly number[], unit: ReadUnit): boolean {
  const scale = scales[vital].find((candidate) => candidate.unit === unit)
  if (!scale || numbers.length !== scale.values.length) return false
  const within = numbers.every((number, at) => {
    const [least, most] = scale.values[at] ?? [Infinity, -Infinity]
    return number >= least && number <= most
  })
  const [systolic, diastolic] = numbers
  return within && (diastolic === undefined || systolic === undefined || systolic > diastolic)
}

/** Millimole of glucose is 180.156 mg (C6H12O6). */
const glucoseMgPerDl = 18.0156
const kilogramsToPound = 0.45359237
/** 101.325 kPa are 760 mm of mercury. */
const mmHgToKilopascal = 760 / 101.325

/**
 * A number in the unit that the chart keeps it in: what was read, or what follows from it, rounded to the chart's digits.
 * Pounds, degrees Fahrenheit, mg/dL and kPa are converted.
 */
export function toChartUnit(number: number, unit: ReadUnit): { value: number; unit: ReadUnit } {
  switch (unit) {
    case '[degF]':
      return { value: rounded((number - 32) / 1.8, 1), unit: 'Cel' }
    case '[lb_av]':
      return { value: rounded(number * kilogramsToPound, 1), unit: 'kg' }
    case 'mg/dL':
      return { value: rounded(number / glucoseMgPerDl, 1), unit: 'mmol/L' }
    case 'kPa':
      return { value: rounded(number * mmHgToKilopascal, 0), unit: 'mm[Hg]' }
    case 'mm[Hg]':
    case '/min':
    case 'Cel':
    case '%':
    case 'kg':
    case 'mmol/L':
      return { value: number, unit }
  }
}

function rounded(number: number, digits: number): number {
  return Number(number.toFixed(digits))
}

// --- What is proposed -------------------------------------------------------------------------------------------------

/**
 * Why a proposal needs a second look: read with little confidence; no living person's; its unit is not in the picture;
 * another unit would fit better, or two are shown; it stands beside another number that may be meant; no word says
 * what it is; a part of it was not found.
 */
export const ProposalDoubt = z.enum([
  'lowConfidence',
  'implausible',
  'unitMissing',
  'unitDoubtful',
  'several',
  'unlabelled',
  'incomplete',
])
export type ProposalDoubt = z.infer<typeof ProposalDoubt>

/** Words as they stand in the picture; nothing in a proposal is anything else. */
export const ReadWords = z.strictObject({
  text: z.string().max(400),
  /** The least of the lines that it stands in, 0..1. */
  confidence: z.number().min(0).max(1),
  /** Which of the answer's lines it stands in. */
  lines: z.array(z.int().nonnegative()).min(1),
})
export type ReadWords = z.infer<typeof ReadWords>

/** Its text as a number: the digits are the text's own. */
export const ReadNumber = ReadWords.extend({ value: z.number() })
export type ReadNumber = z.infer<typeof ReadNumber>

export const VitalProposal = z.strictObject({
  kind: z.literal('vital'),
  vital: ReadableVital,
  /** One; of a blood pressure two, the systolic first. */
  numbers: z.array(ReadNumber).min(1).max(2),
  /** Null: the picture does not tell; the doctor has to. */
  unit: ReadUnit.nullable(),
  doubts: z.array(ProposalDoubt),
})
export type VitalProposal = z.infer<typeof VitalProposal>

export const MedicationProposal = z.strictObject({
  kind: z.literal('medication'),
  name: ReadWords,
  strength: ReadWords.nullable(),
  form: ReadWords.nullable(),
  dosage: ReadWords.nullable(),
  doubts: z.array(ProposalDoubt),
})
export type MedicationProposal = z.infer<typeof MedicationProposal>

export const Proposal = z.discriminatedUnion('kind', [VitalProposal, MedicationProposal])
export type Proposal = z.infer<typeof Proposal>

const bySnapshot = z.strictObject({ snapshotId: SnapshotId })

/**
 * Reads the text in a picture and proposes what may go into the chart; nothing is kept. For practitioners who treat the
 * patient, where `readText` is on. Errors: not_found, forbidden {reason: switched_off}, busy {retryAfterMs}, unavailable.
 */
export const readTextOf = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/text',
  params: bySnapshot,
  reply: z.strictObject({ lines: z.array(TextLine), proposals: z.array(Proposal), model: ModelName }),
})

// --- What a doctor confirms -------------------------------------------------------------------------------------------

const words = (most: number) => z.string().trim().max(most)

/** What a doctor has compared with the picture, and corrected where it was wrong. */
export const ConfirmedReading = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('vital'),
      vital: ReadableVital,
      /** In `unit`, as the device shows them; the chart gets them in its own. */
      numbers: z.array(z.number().positive().max(2000)).min(1).max(2),
      unit: ReadUnit,
      /** When it was measured; may be left out if the camera took the picture, which then is the time. */
      effectiveAt: Instant.optional(),
    })
    .refine(
      ({ vital, numbers, unit }) =>
        scales[vital].some((scale) => scale.unit === unit && scale.values.length === numbers.length),
      'A unit and as many numbers as the vital has',
    ),
  z.strictObject({
    kind: z.literal('medication'),
    name: words(120).min(1),
    strength: words(40),
    form: words(36),
    dosage: words(200),
  }),
])
export type ConfirmedReading = z.infer<typeof ConfirmedReading>

/**
 * Writes what the doctor confirms into the patient's chart, with the picture that it comes from; a vital as measured at its
 * `effectiveAt`. Errors: not_found; invalid_request for a later time, and for none unless the camera took the picture
 * {reason: effective_at_missing}; conflict when the key has made another entry.
 */
export const confirmReading = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/readings',
  params: bySnapshot,
  body: z.strictObject({ reading: ConfirmedReading, idempotencyKey: IdempotencyKey }),
  reply: z.strictObject({ recordId: RecordId }),
  status: 201,
})

// --- What to cover ----------------------------------------------------------------------------------------------------

export const ProposedArea = z.strictObject({ box: SeenBox, kind: z.enum(['face', 'text']) })
export type ProposedArea = z.infer<typeof ProposedArea>

/**
 * Faces and text that a de-identified export may have to cover, as far as `findFaces` and `readText` are on; looked for in
 * the original, whose shape its enhancements have. A proposal: none is no proof that there is nothing. Errors as `readTextOf`.
 */
export const suggestAreas = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/areas',
  params: bySnapshot,
  reply: z.strictObject({ areas: z.array(ProposedArea).max(50), models: z.array(ModelName) }),
})

/** The chart's unit for a vital is one that a device may show. */
export const chartUnits = {
  bloodPressure: vitals.bloodPressure.unit,
  heartRate: vitals.heartRate.unit,
  bodyTemperature: vitals.bodyTemperature.unit,
  oxygenSaturation: vitals.oxygenSaturation.unit,
  bodyWeight: vitals.bodyWeight.unit,
  bloodGlucose: vitals.bloodGlucose.unit,
} as const satisfies Readonly<Record<ReadableVital, ReadUnit>>
