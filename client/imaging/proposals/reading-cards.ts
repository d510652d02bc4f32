import { toChartUnit, type ConfirmedReading, type Proposal } from '#shared/imaging-proposal.ts'
import { formatDayTime, formatNumber } from '../../platform/time.ts'
import { unitWord } from '../../platform/units.ts'
import type { MedicineDraft, VitalDraft } from './reading-drafts.ts'

/** What a doctor has done with a proposal; it outlives the panel that shows it. */
export interface Card {
  /** Null: untouched. */
  readonly vital: VitalDraft | null
  readonly medicine: MedicineDraft | null
  /** When it was measured, as a date-time field has it. */
  readonly when: string
  /** By what was sent under each: the same pressed twice is recorded once, and another value is another wish. */
  readonly keys: Readonly<Record<string, string>>
  /** What is in the record; null: nothing yet. */
  readonly kept: ConfirmedReading | null
}

export const newCard: Card = { vital: null, medicine: null, when: '', keys: {}, kept: null }

/** The cards of a new reading: a proposal that says the same as one before has its card, each once. */
export function carriedOver(
  before: readonly Proposal[],
  cards: readonly Card[],
  proposals: readonly Proposal[],
): Card[] {
  const left = before.map((proposal, at) => ({ words: wordsOf(proposal), card: cards[at] ?? newCard }))
  return proposals.map((proposal) => {
    const words = wordsOf(proposal)
    const found = left.findIndex((one) => one.words === words)
    return found < 0 ? newCard : (left.splice(found, 1)[0]?.card ?? newCard)
  })
}

function wordsOf(proposal: Proposal): string {
  if (proposal.kind === 'vital')
    return JSON.stringify([proposal.vital, proposal.unit, ...proposal.numbers.map(({ text }) => text)])
  const { name, strength, form, dosage } = proposal
  return JSON.stringify([name, strength, form, dosage].map((part) => part?.text ?? null))
}

/** The key under which this is sent, and all of the card's keys with it. */
export function keyFor(
  { keys }: Card,
  reading: ConfirmedReading,
  newKey: () => string,
): { key: string; keys: Card['keys'] } {
  const said = JSON.stringify(reading)
  const key = keys[said] ?? newKey()
  return { key, keys: { ...keys, [said]: key } }
}

/** What was recorded, as the record has it. */
export function recordedWords(reading: ConfirmedReading): string {
  if (reading.kind === 'medication') {
    const { name, strength, form, dosage } = reading
    return [[name, strength, form].filter((part) => part !== '').join(' '), dosage]
      .filter((part) => part !== '')
      .join(' · ')
  }
  const values = reading.numbers.map((number) => toChartUnit(number, reading.unit))
  const [first] = values
  const numbers = values.map(({ value }) => formatNumber(value)).join('/')
  const words = first ? `${numbers} ${unitWord(first.unit)}` : numbers
  return reading.effectiveAt === undefined ? words : `${words} · ${formatDayTime(reading.effectiveAt)}`
}
