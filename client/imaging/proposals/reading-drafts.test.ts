import { deepEqual, equal } from 'node:assert/strict'
import type { VitalProposal } from '#shared/imaging-proposal.ts'
import { confirmedVital, convertedTo, doubtsAbout, draftOf, numberIn } from './reading-drafts.ts'

const read = (text: string) => ({
  text,
  value: Number(text.replace(',', '.')),
  confidence: 0.97,
  lines: [0],
})
const temperature = (change: Partial<VitalProposal> = {}): VitalProposal => ({
  kind: 'vital',
  vital: 'bodyTemperature',
  numbers: [read('36,8')],
  unit: 'Cel',
  doubts: [],
  ...change,
})

describe('A value that a doctor checks', () => {
  it('is the one that was read until it is changed, with a point or a comma', () => {
    deepEqual(confirmedVital('bodyTemperature', draftOf(temperature())), {
      kind: 'vital',
      vital: 'bodyTemperature',
      numbers: [36.8],
      unit: 'Cel',
    })
    for (const [text, value] of [
      ['128', 128],
      [' 36.8 ', 36.8],
      ['', null],
      ['12O', null],
      ['-3', null],
      ['0', null],
      ['1e3', null],
    ] as const)
      equal(numberIn(text), value, text)
  })

  it('cannot be kept without a unit, or with half a blood pressure', () => {
    equal(confirmedVital('bodyTemperature', draftOf(temperature({ unit: null }))), null)
    equal(confirmedVital('bloodPressure', { texts: ['128', ''], unit: 'mm[Hg]' }), null)
  })

  it('tells how the record will have it, if that is not how the device shows it', () => {
    const fahrenheit = confirmedVital('bodyTemperature', { texts: ['101.3'], unit: '[degF]' })
    deepEqual(convertedTo(fahrenheit), { values: [38.5], unit: 'Cel' })
    equal(convertedTo(confirmedVital('bodyTemperature', { texts: ['38.5'], unit: 'Cel' })), null)
    equal(convertedTo(null), null)
  })

  it('is doubted as it stands now: a corrected digit is, a chosen unit is not', () => {
    const lost = temperature({ numbers: [read('368')], doubts: ['implausible', 'lowConfidence'] })
    deepEqual(doubtsAbout(lost, draftOf(lost)), ['lowConfidence', 'implausible'])
    deepEqual(doubtsAbout(lost, { texts: ['36.8'], unit: 'Cel' }), ['lowConfidence'])
    const bare = temperature({ unit: null, doubts: ['unlabelled', 'unitMissing'] })
    deepEqual(doubtsAbout(bare, draftOf(bare)), ['unlabelled', 'unitMissing'])
    deepEqual(doubtsAbout(bare, { texts: ['36.8'], unit: 'Cel' }), ['unlabelled'])
    deepEqual(doubtsAbout(temperature(), { texts: ['98.6'], unit: 'Cel' }), ['unitDoubtful'])
    deepEqual(doubtsAbout(temperature(), { texts: ['3'], unit: 'Cel' }), ['implausible'])
    const either = temperature({ doubts: ['unitDoubtful'] })
    deepEqual(doubtsAbout(either, draftOf(either)), ['unitDoubtful'])
  })
})
