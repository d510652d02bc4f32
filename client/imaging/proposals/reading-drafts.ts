import {
  isPlausible,
  scales,
  toChartUnit,
  type ConfirmedReading,
  type ProposalDoubt,
  type ReadableVital,
  type ReadUnit,
  type VitalProposal,
} from '#shared/imaging-proposal.ts'

/** What stands in the fields of a proposed vital: what was read, until the doctor changes it. */
export interface VitalDraft {
  readonly texts: readonly string[]
  readonly unit: ReadUnit | null
}

export function draftOf({ numbers, unit }: VitalProposal): VitalDraft {
  return { texts: numbers.map(({ text }) => text), unit }
}

/** The words of a medicine's card. */
export interface MedicineDraft {
  readonly name: string
  readonly strength: string
  readonly form: string
  readonly dosage: string
}

/** The instant that a date-time field tells in this device's zone; null for none, and for a later one than `now`. */
export function instantIn(text: string, now: number): number | null {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? Date.parse(text) : NaN
  return at >= 0 && at <= now ? at : null
}

/** A number as people type it, with a point or a comma; null for anything else, and for none. */
export function numberIn(text: string): number | null {
  const typed = text.trim()
  if (!/^\d{1,4}(?:[.,]\d{1,2})?$/.test(typed)) return null
  const value = Number(typed.replace(',', '.'))
  return value > 0 ? value : null
}

type ConfirmedVital = Extract<ConfirmedReading, { kind: 'vital' }>

/** What goes to the record; null while a field is not a number or the unit is not chosen. */
export function confirmedVital(vital: ReadableVital, { texts, unit }: VitalDraft): ConfirmedVital | null {
  const numbers = texts.map(numberIn)
  const all = numbers.filter((number) => number !== null)
  return unit === null || all.length < numbers.length ? null : { kind: 'vital', vital, numbers: all, unit }
}

/** How the record will have it when that is not how the device shows it. */
export function convertedTo(reading: ConfirmedReading | null): { values: number[]; unit: ReadUnit } | null {
  if (reading?.kind !== 'vital') return null
  const kept = reading.numbers.map((number) => toChartUnit(number, reading.unit))
  const [first] = kept
  if (!first || first.unit === reading.unit) return null
  return { values: kept.map(({ value }) => value), unit: first.unit }
}

/** What speaks against the numbers as they stand now; a doubt about the reading itself stays until it is compared. */
export function doubtsAbout(proposal: VitalProposal, { texts, unit }: VitalDraft): ProposalDoubt[] {
  const lasting = proposal.doubts.filter(
    (doubt) => doubt !== 'implausible' && doubt !== 'unitMissing' && doubt !== 'unitDoubtful',
  )
  const numbers = texts.map(numberIn)
  const all = numbers.filter((number) => number !== null)
  if (unit === null) return [...lasting, 'unitMissing']
  if (all.length < numbers.length) return lasting
  const fits = (candidate: ReadUnit) => isPlausible(proposal.vital, all, candidate)
  if (fits(unit)) {
    const untouched = unit === proposal.unit && proposal.doubts.includes('unitDoubtful')
    return untouched ? [...lasting, 'unitDoubtful'] : lasting
  }
  const another = scales[proposal.vital].some((scale) => fits(scale.unit))
  return [...lasting, another ? 'unitDoubtful' : 'implausible']
}
