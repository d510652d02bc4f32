import { vitals, type Observation } from '#shared/records.ts'
import { formatNumber } from '../platform/time.ts'
import { unitWord } from '../platform/units.ts'

export type VitalName = keyof typeof vitals

/** Which of our vitals a LOINC code means; null for others. */
export function vitalOf(code: string): VitalName | null {
  const found = Object.entries(vitals).find(([, vital]) => vital.code === code)
  return found ? (found[0] as VitalName) : null
}

/** The lines to draw: one for most, systolic and diastolic for a blood pressure. Missing values are left out. */
export function linesOf(series: readonly Observation[]): { at: number; value: number }[][] {
  const pressure = vitals.bloodPressure
  if (series.some((one) => one.code.code === pressure.code)) {
    return [pressure.components.systolic, pressure.components.diastolic].map((code) =>
      series.flatMap((one) => {
        const part = one.components.find((component) => component.code.code === code)
        return part ? [{ at: one.effectiveAt, value: part.value }] : []
      }),
    )
  }
  return [series.flatMap((one) => (one.value === null ? [] : [{ at: one.effectiveAt, value: one.value }]))]
}

/** 128/82, 36.8, 97 */
export function valueText(observation: Observation): string {
  const { systolic, diastolic } = vitals.bloodPressure.components
  const part = (code: string) => observation.components.find((component) => component.code.code === code)
  const high = part(systolic)
  const low = part(diastolic)
  if (high && low) return `${formatNumber(high.value)}/${formatNumber(low.value)}`
  return observation.value === null ? '–' : formatNumber(observation.value, { maximumFractionDigits: 1 })
}

/** The unit of all its numbers, as people write it. */
export function unitText(observation: Observation): string {
  return unitWord(observation.unit ?? observation.components[0]?.unit ?? '')
}

/** Below, within or above the usual range for adults; null where there is none. */
export function rangeOf(observation: Observation): 'low' | 'normal' | 'high' | null {
  const name = vitalOf(observation.code.code)
  if (name === null) return null
  if (name === 'bloodPressure') {
    const systolic = observation.components.find(
      (component) => component.code.code === vitals.bloodPressure.components.systolic,
    )
    const diastolic = observation.components.find(
      (component) => component.code.code === vitals.bloodPressure.components.diastolic,
    )
    if (!systolic || !diastolic) return null
    // ESC/ESH office blood pressure: hypertension from 140/90 on.
    if (systolic.value >= 140 || diastolic.value >= 90) return 'high'
    return systolic.value < 90 || diastolic.value < 60 ? 'low' : 'normal'
  }
  const { band } = vitals[name]
  if (band === null || observation.value === null) return null
  if (observation.value < band[0]) return 'low'
  return observation.value > band[1] ? 'high' : 'normal'
}
