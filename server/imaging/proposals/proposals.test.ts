import { deepEqual, equal, ok } from 'node:assert/strict'
import fc from 'fast-check'
import { ConfirmedReading, isPlausible, Proposal, toChartUnit } from '#shared/imaging-proposal.ts'
import type { TextLine } from '#shared/imaging-recognition.ts'
import { proposalsFrom } from './proposals.ts'
import { at, inShort, rows, turned } from './test/lines.ts'
import { plain } from './tokens.ts'

const proposed = (lines: readonly TextLine[]) => proposalsFrom(lines, 1).map(inShort)

/** What a picture says, and what is proposed; after the question mark, why it is doubted. */
const table: readonly (readonly [says: string, lines: readonly TextLine[], proposals: readonly string[]])[] = [
  ['a blood pressure monitor', rows('SYS mmHg | 128', 'DIA mmHg | 84', 'PULSE /min | 72'), ['bloodPressure 128/84 mm[Hg]', 'heartRate 72 /min']],
  ['one whose labels run into their units', rows('SYSmmHg | 128', 'DIAmmHg | 84', 'PULSE | 72'), ['bloodPressure 128/84 mm[Hg]', 'heartRate 72 /min']],
  ['one that prints all in a row', rows('SYS 134 mmHg', 'DIA 86 mmHg', 'PUL 77'), ['bloodPressure 134/86 mm[Hg]', 'heartRate 77 /min']],
  ['a Chinese one', rows('收缩压 142 mmHg', '舒张压 91 mmHg', '脉搏 69 次/分'), ['bloodPressure 142/91 mm[Hg]', 'heartRate 69 /min']],
  ['one of the older kind', rows('高压 16.0 kPa', '低压 10.7 kPa'), ['bloodPressure 16.0/10.7 kPa']],
  ['a stroke between the two', rows('NIBP mmHg', '120/80'), ['bloodPressure 120/80 mm[Hg]']],
  ['a stroke and nothing else', rows('120/80'), ['bloodPressure 120/80 mm[Hg] ? unlabelled']],
  ['two numbers and mmHg', rows('128', '84 | mmHg'), ['bloodPressure 128/84 mm[Hg] ? unlabelled']],
  ['a lost digit', rows('SYS | 12', 'DIA | 84'), ['bloodPressure 12/84 mm[Hg] ? implausible']],
  ['a diastolic above the systolic', rows('SYS | 84', 'DIA | 128'), ['bloodPressure 84/128 mm[Hg] ? implausible']],
  ['half a blood pressure', rows('SYS | 128', 'DIA'), []],
  ['a letter for a digit', rows('SYS | 1Z8', 'DIA | 8O', 'PULSE | 72'), ['heartRate 72 /min']],
  ['an oximeter, labels before', rows('SpO2 98 PR 72'), ['oxygenSaturation 98 %', 'heartRate 72 /min']],
  ['an oximeter, labels after', rows('98 %SpO2 72 PRbpm'), ['oxygenSaturation 98 %', 'heartRate 72 /min']],
  ['an oximeter, labels above', rows('%Sp02 | PRbpm', '97 | 74', 'Pulse Oximeter'), ['oxygenSaturation 97 %', 'heartRate 74 /min']],
  ['an oximeter, in columns', rows('SpO2', '96', 'PR', '81'), ['oxygenSaturation 96 %', 'heartRate 81 /min']],
  ['its perfusion index', rows('SpO2 96 %', 'PI 4.2 %'), ['oxygenSaturation 96 %']],
  ['more oxygen than there is', rows('SpO2 198 %'), ['oxygenSaturation 198 % ? implausible']],
  ['a thermometer', rows('36.8 °C'), ['bodyTemperature 36.8 Cel']],
  ['one whose ring was lost', rows('36.8C'), ['bodyTemperature 36.8 Cel']],
  ['one with the sign of Asia', rows('体温 37.2 ℃'), ['bodyTemperature 37.2 Cel']],
  ['digits of full width', rows('体温：３７．２℃'), ['bodyTemperature 37.2 Cel']],
  ['a comma', rows('Temp 36,8 °C'), ['bodyTemperature 36,8 Cel']],
  ['a Fahrenheit thermometer', rows('99.1 °F'), ['bodyTemperature 99.1 [degF]']],
  ['both scales of one temperature', rows('37.9 °C', '100.2 °F'), ['bodyTemperature 37.9 Cel', 'bodyTemperature 100.2 [degF]']],
  ['a key for either scale', rows('36.8', '°C | °F'), ['bodyTemperature 36.8 Cel ? unitDoubtful']],
  ['no scale', rows('Digital', '36.8'), ['bodyTemperature 36.8 no unit ? unlabelled,unitMissing']],
  ['the wrong scale', rows('98.6 °C'), ['bodyTemperature 98.6 Cel ? unitDoubtful']],
  ['a lost point', rows('368 °C'), ['bodyTemperature 368 Cel ? implausible']],
  ['a memory of two', rows('Temp 36.8 °C', 'Temp 38.4 °C'), ['bodyTemperature 36.8 Cel ? several', 'bodyTemperature 38.4 Cel ? several']],
  ['scales', rows('72.4 | kg', 'MAX 180 kg | d = 0.1 kg', 'BODY SCALE'), ['bodyWeight 72.4 kg']],
  ['scales in pounds', rows('164.8 lb'), ['bodyWeight 164.8 [lb_av]']],
  ['an app of scales', rows('Weight', '68.5 kg', 'BMI 23.1', 'Body fat 21.4 %'), ['bodyWeight 68.5 kg']],
  ['a glucose meter', rows('Blood Glucose', '12:45', '6.3', 'mmol/L'), ['bloodGlucose 6.3 mmol/L']],
  ['an American one', rows('142 mg/dL'), ['bloodGlucose 142 mg/dL']],
  ['mg/dL with a value of mmol/L', rows('5.6 mg/dL'), ['bloodGlucose 5.6 mg/dL ? unitDoubtful']],
  ['another substance', rows('KETONE', '1.2 mmol/L'), []],
  ['time, date and number', rows('12:45', '2026-11-23', '11/23', 'HEM-7120', 'SN 20260001', '10-12'), []],
  ['a room thermometer', rows('ROOM 26.5 °C', '湿度 54 %'), []],
  ['how to keep it', rows('Store below 25 °C', '30℃以下保存'), []],
  ['an English label', rows('Paracetamol 500 mg', '24 Tablets', 'Take 1 or 2 tablets every 4 to 6 hours', 'Do not take more than 8 in 24 hours'), ['Paracetamol # 500 mg # Tablets # Take 1 or 2 tablets every 4 to 6 hours']],
  ['the form before the strength', rows('AMLODIPINE TABLETS 5mg', 'One tablet daily'), ['AMLODIPINE # 5mg # TABLETS # One tablet daily']],
  ['the strength before the name', rows('500 mg Amoxicillin capsules'), ['Amoxicillin # 500 mg # capsules # -']],
  ['a strength in so much', rows('Amoxicillin 250 mg/5 ml', 'Oral Suspension'), ['Amoxicillin # 250 mg/5 ml # Oral Suspension # -']],
  ['two strengths of one medicine', rows('Co-amoxiclav 875 mg/125 mg', 'film-coated tablets'), ['Co-amoxiclav # 875 mg/125 mg # film-coated tablets # -']],
  ['two medicines in one', rows('Amoxicillin 875 mg Clavulanate 125 mg'), ['Amoxicillin # 875 mg # - # - ? several']],
  ['two medicines', rows('Metformin 850 mg', 'Twice daily', 'Lisinopril 10 mg', 'Once daily'), ['Metformin # 850 mg # - # Twice daily', 'Lisinopril # 10 mg # - # Once daily']],
  ['the strength below the name', rows('Insulin Glargine', '100 units/ml', 'Solution for injection in pen'), ['Insulin Glargine # 100 units/ml # Solution for injection # -']],
  ['a misread strength', rows('Salbutamol 1o0 micrograms'), ['Salbutamol # 1o0 micrograms # - # - ? lowConfidence']],
  ['lost spaces', rows('Amoxicillin250mg/5ml', 'Give5ml threetimes dailyfor7days'), ['Amoxicillin # 250mg/5ml # - # Give5ml threetimes dailyfor7days']],
  ['a Chinese label', rows('阿莫西林胶囊', '规格：0.25克', '每日3次，每次2粒', '青霉素过敏者禁用'), ['阿莫西林胶囊 # 0.25克 # 胶囊 # 每日3次,每次2粒']],
  ['a Chinese prescription', rows('门诊处方', '姓名：王小明', '氨氯地平片 5毫克×28片', '用法：每日一次，每次1片'), ['氨氯地平片 # 5毫克 # 片 # 用法:每日一次,每次1片']],
  ['a Chinese label without a strength', rows('复方甘草口服溶液', '100毫升', '一日3次'), ['复方甘草口服溶液 # - # 口服溶液 # 一日3次 ? incomplete']],
  ['by mouth, in Chinese', rows('对乙酰氨基酚片', '0.5克×12片', '口服，一次1片'), ['对乙酰氨基酚片 # 0.5克 # 片 # 口服,一次1片']],
  ['a letter', rows('Dear colleague,', 'thank you for seeing this patient', 'born 12.05.1980'), []],
  ['nothing', [], []],
] // prettier-ignore

describe('From what a picture says to what may go into the chart:', () => {
  for (const [says, lines, proposals] of table)
    it(says, () => {
      deepEqual(proposed(lines), proposals)
    })

  it('the same, however the picture is held', () => {
    const monitor = rows('SYS mmHg | 128', 'DIA mmHg | 84', 'PULSE /min | 72')
    for (const degrees of [-88, -17, -6, 9, 20, 90, 135, 180])
      deepEqual(
        proposed(turned(monitor, degrees)),
        ['bloodPressure 128/84 mm[Hg]', 'heartRate 72 /min'],
        `turned by ${degrees}°`,
      )
  })

  it('a line that was hard to read is doubted, with its name', () => {
    const place = { x: 0.1, y: 0.1, width: 0.3, height: 0.2 }
    deepEqual(proposed([at('36.8 °C', { ...place, confidence: 0.7 })]), [
      'bodyTemperature 36.8 Cel ? lowConfidence',
    ])
    deepEqual(proposed([at('Ibuprofen 400 mg', { ...place, confidence: 0.7 })]), [
      'Ibuprofen # 400 mg # - # - ? lowConfidence',
    ])
  })

  it('each part names the lines that it stands in', () => {
    const [pressure, medicine] = proposalsFrom(
      rows('BP 120/80 mmHg', 'Ibuprofen 400 mg', 'Take one daily', 'Take with food'),
      1,
    )
    ok(pressure?.kind === 'vital' && medicine?.kind === 'medication')
    deepEqual(pressure.numbers.map(({ lines }) => lines), [[0], [0]]) // prettier-ignore
    deepEqual([medicine.name.lines, medicine.strength?.lines, medicine.dosage?.lines], [[1], [1], [2, 3]])
  })
})

describe('Whatever stands in a picture,', () => {
  const words = fc.constantFrom(
    'SYS', 'DIA', 'PULSE', 'SpO2', '%', 'PR', 'bpm', 'mmHg', 'kPa', '°C', '℃', '°F', 'kg', 'lb', 'mg/dL', 'mmol/L', 'Temp', '体温',
    '血压', '脉搏', 'mg', 'tablets', '片', '胶囊', '每日', '口服', 'Take', 'daily', 'Amoxicillin', '阿莫西林', '/', ':', '-', '.', ',', ' ', 'O', 'l', '×', 'max', '½', '²',
  ) // prettier-ignore
  const numbers = fc.oneof(
    fc.integer({ min: 0, max: 300 }).map(String),
    fc.double({ min: 0, max: 200, noNaN: true }).map((value) => value.toFixed(1)),
    fc.constantFrom('３６．６', '1o0', '0.5', '00', '120/80', '16.0/10.7'),
  )
  const text = fc
    .array(fc.oneof(words, numbers, fc.string({ maxLength: 6 })), { maxLength: 6 })
    .chain((parts) => fc.constantFrom(' ', '').map((between) => parts.join(between).slice(0, 400)))
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const line = fc
    .tuple(text, share, share, share, share, share)
    .map(([said, x, y, width, height, confidence]) => at(said, { x, y, width, height, confidence }))
  const lines = fc.array(line, { maxLength: 10 })

  it('no digit and no word is proposed that does not stand in the line that is given for it', () => {
    fc.assert(
      fc.property(lines, (read) => {
        for (const proposal of proposalsFrom(read, 1.5)) {
          const parts =
            proposal.kind === 'vital'
              ? proposal.numbers
              : [proposal.name, proposal.strength, proposal.form, proposal.dosage].filter(
                  (part) => part !== null,
                )
          for (const part of parts) {
            const pieces = part.lines.length === 1 ? [part.text] : part.text.split('; ')
            const stand = part.lines.map((index) => plain(read[index]?.text ?? ''))
            ok(pieces.every((piece) => stand.some((said) => said.includes(piece))), `${part.text} is not in ${stand.join('|')}`) // prettier-ignore
          }
          if (proposal.kind === 'vital')
            for (const { text: digits, value } of proposal.numbers)
              equal(value, Number(digits.replace(',', '.')))
        }
      }),
      { numRuns: 2000, seed: 20261123 },
    )
  })

  it('a proposal has the contract’s shape, and none without a doubt is implausible or lacks its unit', () => {
    fc.assert(
      fc.property(lines, (read) => {
        for (const proposal of proposalsFrom(read, 0.75)) {
          Proposal.parse(proposal)
          if (proposal.kind !== 'vital' || proposal.doubts.length > 0) continue
          const { vital, unit, numbers: found } = proposal
          ok(unit !== null && isPlausible(vital, found.map(({ value }) => value), unit)) // prettier-ignore
          ok(found.every(({ confidence }) => confidence >= 0.85))
        }
      }),
      { numRuns: 2000, seed: 20261124 },
    )
  })
})

describe('What a doctor confirms', () => {
  it('comes into the chart in its own unit, rounded as it is read', () => {
    deepEqual(toChartUnit(98.6, '[degF]'), { value: 37, unit: 'Cel' })
    deepEqual(toChartUnit(101.3, '[degF]'), { value: 38.5, unit: 'Cel' })
    deepEqual(toChartUnit(164.8, '[lb_av]'), { value: 74.8, unit: 'kg' })
    deepEqual(toChartUnit(142, 'mg/dL'), { value: 7.9, unit: 'mmol/L' })
    deepEqual(toChartUnit(16, 'kPa'), { value: 120, unit: 'mm[Hg]' })
    deepEqual(toChartUnit(36.85, 'Cel'), { value: 36.85, unit: 'Cel' })
  })

  it('has as many numbers as the vital, and one of its units', () => {
    const valid = (reading: object) => ConfirmedReading.safeParse({ kind: 'vital', ...reading }).success
    ok(valid({ vital: 'bloodPressure', numbers: [120, 80], unit: 'mm[Hg]' }))
    ok(!valid({ vital: 'bloodPressure', numbers: [120], unit: 'mm[Hg]' }))
    ok(!valid({ vital: 'heartRate', numbers: [72], unit: 'Cel' }))
    ok(!valid({ vital: 'heartRate', numbers: [72, 73], unit: '/min' }))
    ok(!valid({ vital: 'heartRate', numbers: [-1], unit: '/min' }))
  })
})
