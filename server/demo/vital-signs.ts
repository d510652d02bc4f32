import type { PatientId, PractitionerId } from '#shared/ids.ts'
import { RecordId } from '#shared/ids.ts'
import { vitals } from '#shared/records.ts'
import { dayMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { ObservationComponentRow, ObservationRow } from '../records/chart.entity.ts'
import type { DemoPatient } from './cast.ts'
import { illnesses } from './illnesses.ts'
import type { Illness, InBoth, VitalCode } from './illnesses.ts'
import type { Random } from './random.ts'

/** Vital signs at one moment, as a person with these illnesses would show them. */
export type Reading = {
  systolic: number
  diastolic: number
  pulse: number
  temperature: number
  saturation: number
  weight: number
  glucose: number | null
}

/** How quickly treatment works: after this long, most of the way is done. */
const effectMs = 90 * dayMs

/** Healthy values, moved by each illness: wholly when it is found, and less and less as the treatment works. */
export function readingAt(
  { illnesses: names, gender, birthDate }: DemoPatient,
  { at, treatedSince, random }: { at: Instant; treatedSince: Instant; random: Random },
): Reading {
  const left = Math.exp(-Math.max(0, at - treatedSince) / effectMs)
  const moved = (code: VitalCode): number =>
    names.reduce((sum, name, n) => {
      const [before, after] = (illnesses[name] as Illness).moves[code] ?? [0, 0]
      // The first illness is the one found a year ago; the others have been treated for long.
      return sum + after + (n === 0 ? (before - after) * left : 0)
    }, 0)
  const usualWeight = (gender === 'male' ? 76 : 63) + (Number(birthDate.slice(8)) % 12) - 4
  const { heartRate, bodyWeight, oxygenSaturation, bloodGlucose } = vitals
  return {
    systolic: Math.round(118 + moved('systolic') + random.scatter(5)),
    diastolic: Math.round(75 + moved('diastolic') + random.scatter(4)),
    pulse: Math.round(70 + moved(heartRate.code) + random.scatter(5)),
    temperature: tenths(36.6 + random.scatter(0.3)),
    saturation: Math.min(99, Math.round(98 + moved(oxygenSaturation.code) + random.scatter(1))),
    weight: tenths(usualWeight + moved(bodyWeight.code) + random.scatter(0.5)),
    glucose: names.includes('diabetes') ? tenths(5.3 + moved(bloodGlucose.code) + random.scatter(0.6)) : null,
  }
}

export type MeasuredRows = { observations: ObservationRow[]; components: ObservationComponentRow[] }
export type Measured = { patient: DemoPatient; patientId: PatientId; recordedBy: PractitionerId; at: Instant }

/** All vital signs of a visit. */
export function measuredAtVisit(clock: Clock, about: Measured, reading: Reading): MeasuredRows {
  const { heartRate, bodyTemperature, oxygenSaturation, bodyWeight } = vitals
  const pressure = bloodPressure(clock, about, reading)
  return {
    observations: [
      ...pressure.observations,
      single(clock, about, { ...heartRate, value: reading.pulse }),
      single(clock, about, { ...bodyTemperature, value: reading.temperature }),
      single(clock, about, { ...oxygenSaturation, value: reading.saturation }),
      single(clock, about, { ...bodyWeight, value: reading.weight }),
      ...(reading.glucose === null ? [] : [bloodGlucose(clock, about, reading.glucose)]),
    ],
    components: pressure.components,
  }
}

export function bloodGlucose(clock: Clock, about: Measured, value: number): ObservationRow {
  return single(clock, about, { ...vitals.bloodGlucose, value })
}

export function bloodPressure(
  clock: Clock,
  about: Measured,
  { systolic, diastolic }: Pick<Reading, 'systolic' | 'diastolic'>,
): MeasuredRows {
  const { code, unit, components } = vitals.bloodPressure
  const panel = observation(clock, about, code)
  const part = (position: number, partCode: keyof typeof names, value: number): ObservationComponentRow => ({
    observationId: panel.id,
    position,
    systemUri: loinc,
    code: partCode,
    display: said(names[partCode], about.patient),
    value,
    unit,
  })
  return {
    observations: [{ ...panel, value: null, unit: null }],
    components: [part(0, components.systolic, systolic), part(1, components.diastolic, diastolic)],
  }
}

const loinc = 'http://loinc.org'
const names = {
  '85354-9': { en: 'Blood pressure', zh: '血压' },
  '8480-6': { en: 'Systolic blood pressure', zh: '收缩压' },
  '8462-4': { en: 'Diastolic blood pressure', zh: '舒张压' },
  '8867-4': { en: 'Heart rate', zh: '心率' },
  '8310-5': { en: 'Body temperature', zh: '体温' },
  '59408-5': { en: 'Oxygen saturation', zh: '血氧饱和度' },
  '29463-7': { en: 'Body weight', zh: '体重' },
  '15074-8': { en: 'Blood glucose', zh: '血糖' },
} as const satisfies Record<string, InBoth>

export function said({ en, zh }: InBoth, { locale }: DemoPatient): string {
  return locale === 'zh-CN' ? zh : en
}

function single(
  clock: Clock,
  about: Measured,
  { code, unit, value }: { code: keyof typeof names; unit: string; value: number },
): ObservationRow {
  return { ...observation(clock, about, code), value, unit }
}

function observation(
  clock: Clock,
  { patient, patientId, recordedBy, at }: Measured,
  code: keyof typeof names,
): Omit<ObservationRow, 'value' | 'unit'> {
  return {
    id: newId(RecordId, clock),
    patientId,
    systemUri: loinc,
    code,
    display: said(names[code], patient),
    recordedBy,
    recordedAt: at,
    effectiveAt: at,
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
