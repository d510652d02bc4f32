import assert from 'node:assert/strict'
import { vitals, type Observation } from '#shared/records.ts'
import { linesOf, rangeOf, unitText, valueText } from './vital-values.ts'

let count = 0
const observation = (part: Partial<Observation>): Observation => ({
  id: `01890000-0000-7000-8000-${String(++count).padStart(12, '0')}` as Observation['id'],
  code: { system: 'http://loinc.org', code: vitals.heartRate.code, display: 'Heart rate' },
  effectiveAt: 1000,
  value: 72,
  unit: '/min',
  components: [],
  ...part,
})
const pressure = (systolic: number, diastolic: number) => {
  const { code, unit, components } = vitals.bloodPressure
  const coding = (own: string) => ({ system: 'http://loinc.org', code: own, display: own })
  return observation({
    code: coding(code),
    value: null,
    unit: null,
    components: [
      { code: coding(components.systolic), value: systolic, unit },
      { code: coding(components.diastolic), value: diastolic, unit },
    ],
  })
}

describe('A measured value', () => {
  it('is written as the field writes it', () => {
    assert.equal(valueText(pressure(128, 82)), '128/82')
    assert.equal(unitText(pressure(128, 82)), 'mmHg')
    assert.equal(valueText(observation({ value: 36.84 })), '36.8')
    assert.equal(unitText(observation({ unit: 'Cel' })), '°C')
    assert.equal(valueText(observation({ value: null })), '–')
  })

  it('is high or low by the usual range for adults', () => {
    assert.equal(rangeOf(observation({ value: 72 })), 'normal')
    assert.equal(rangeOf(observation({ value: 44 })), 'low')
    assert.equal(rangeOf(observation({ value: 130 })), 'high')
    assert.equal(rangeOf(pressure(150, 80)), 'high')
    assert.equal(rangeOf(pressure(120, 95)), 'high')
    assert.equal(rangeOf(pressure(85, 55)), 'low')
    assert.equal(rangeOf(pressure(118, 76)), 'normal')
  })

  it('has no range where none is usual', () => {
    const weight = { system: 'http://loinc.org', code: vitals.bodyWeight.code, display: 'Weight' }
    assert.equal(rangeOf(observation({ code: weight, value: 140 })), null)
  })

  it('is drawn as two lines for a blood pressure and one for the rest', () => {
    assert.deepEqual(
      linesOf([pressure(120, 80), pressure(130, 85)]).map((line) => line.map(({ value }) => value)),
      [
        [120, 130],
        [80, 85],
      ],
    )
    assert.equal(linesOf([observation({}), observation({ value: null })])[0]?.length, 1)
  })
})
