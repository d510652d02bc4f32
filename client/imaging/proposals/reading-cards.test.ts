import { deepEqual, equal, notEqual } from 'node:assert/strict'
import type { ConfirmedReading, MedicationProposal, VitalProposal } from '#shared/imaging-proposal.ts'
import { carriedOver, keyFor, newCard, recordedWords } from './reading-cards.ts'
import { instantIn } from './reading-drafts.ts'

const read = (text: string, confidence = 0.97) => ({ text, confidence, lines: [0] })
const rate = (text: string, confidence?: number): VitalProposal => ({
  kind: 'vital',
  vital: 'heartRate',
  numbers: [{ ...read(text, confidence), value: Number(text) }],
  unit: '/min',
  doubts: [],
})
const capsules: MedicationProposal = {
  kind: 'medication',
  name: read('Amoxicillin'),
  strength: null,
  form: null,
  dosage: null,
  doubts: [],
}
const confirmed = (number: number): ConfirmedReading => ({
  kind: 'vital',
  vital: 'heartRate',
  numbers: [number],
  unit: '/min',
})

describe('What a doctor has done with a proposal', () => {
  it('is sent under one key for as long as it says the same, and under another for another value', () => {
    let made = 0
    const fresh = () => `key ${(made += 1)}`
    const first = keyFor(newCard, confirmed(72), fresh)
    const tried = { ...newCard, keys: first.keys }
    equal(keyFor(tried, confirmed(72), fresh).key, first.key)
    const corrected = keyFor(tried, confirmed(73), fresh)
    notEqual(corrected.key, first.key)
    equal(keyFor({ ...newCard, keys: corrected.keys }, confirmed(72), fresh).key, first.key)
  })

  it('stays with it when the picture is read again and says the same, each once', () => {
    const kept = { ...newCard, kept: confirmed(72) }
    const edited = { ...newCard, when: '2026-01-02T08:15' }
    const again = carriedOver(
      [rate('72'), capsules],
      [kept, edited],
      [capsules, rate('78'), rate('72', 0.9), rate('72')],
    )
    deepEqual(again, [edited, newCard, kept, newCard])
  })

  it('is told as the record has it', () => {
    equal(
      recordedWords({ kind: 'vital', vital: 'bodyTemperature', numbers: [101.3], unit: '[degF]' }),
      '38.5 °C',
    )
    equal(
      recordedWords({ kind: 'medication', name: 'Amoxicillin', strength: '250 mg', form: '', dosage: '' }),
      'Amoxicillin 250 mg',
    )
  })

  it('was not measured in the future, or at no time', () => {
    const at = Date.parse('2026-01-02T08:15')
    equal(instantIn('2026-01-02T08:15', at), at)
    equal(instantIn('2026-01-02T08:16', at), null)
    equal(instantIn('2026-13-02T08:16', at), null)
    equal(instantIn('', at), null)
  })
})
