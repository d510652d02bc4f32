import {
  isPlausible,
  scales,
  toChartUnit,
  type ProposalDoubt,
  type ReadableVital,
  type ReadNumber,
  type ReadUnit,
  type VitalProposal,
} from '#shared/imaging-proposal.ts'
import type { TextLine } from '#shared/imaging-recognition.ts'
import { pairsOf, screenOf, type Measured, type PlacedLabel, type PlacedUnit, type Screen } from './relate.ts'
import type { Label } from './tokens.ts'

/** Below this a line is to be looked at again. */
export const leastConfidence = 0.85

/** A number of which it is known what it is, from a label or from its unit. */
type Found = {
  number: Measured
  label: PlacedLabel | null
  unit: PlacedUnit | null
  several: boolean
}

/** The vitals that stand on a device's screen, each with why it may be wrong. */
export function vitalsIn(lines: readonly TextLine[], aspect: number): VitalProposal[] {
  const all = screenOf(lines, aspect)
  const found = relate(all)
  // "MAX 180 kg" tells nothing of the number above it.
  const others = new Set(found.flatMap(({ label, unit }) => (label?.label === 'other' && unit ? [unit] : [])))
  const screen = { ...all, units: all.units.filter((unit) => !others.has(unit)) }
  const pressures = pressuresIn(lines, screen, found)
  const singles = found.flatMap((one) => singleOf(lines, screen, found, one) ?? [])
  const proposals = [...pressures, ...singles]
  return proposals.length > 0
    ? proposals.map((one) => withRivals(one, proposals))
    : bareTemperature(lines, screen)
}

/** Two pulses on one screen: at least one of them is an earlier one, or none. The same in two units is one. */
function withRivals(one: VitalProposal, all: readonly VitalProposal[]): VitalProposal {
  const rival = all.some((other) => other !== one && other.vital === one.vital && !isSame(one, other))
  return rival && !one.doubts.includes('several') ? { ...one, doubts: [...one.doubts, 'several'] } : one
}

function isSame(a: VitalProposal, b: VitalProposal): boolean {
  const [inA, inB] = [a, b].map(({ numbers, unit }) =>
    numbers.map(({ value }) => (unit === null ? value : toChartUnit(value, unit).value)),
  )
  return inA?.every((value, at) => Math.abs(value - (inB?.[at] ?? Infinity)) <= 0.011 * value) ?? false
}

/** More than this apart in `Distance`, and there is no doubt which number a label means. */
const clearlyNearer = 0.25

function relate({ numbers, labels, units, distance }: Screen): Found[] {
  const labelled = pairsOf(numbers, labels, distance, fitsLabel)
  const withUnit = pairsOf(
    numbers,
    units,
    distance,
    (number, { unit }) => vitalsOfUnit(unit).length > 0 && fitsUnit(labelled.get(number)?.word ?? null, unit),
  )
  return numbers.map((number) => {
    const own = labelled.get(number)
    const rivals = own
      ? numbers.filter(
          (other) =>
            other !== number &&
            !labelled.has(other) &&
            !withUnit.has(other) &&
            fitsLabel(other, own.word) &&
            distance(other, own.word) <= own.far + clearlyNearer,
        )
      : []
    return {
      number,
      label: own?.word ?? null,
      unit: withUnit.get(number)?.word ?? null,
      several: rivals.length > 0,
    }
  })
}

function fitsLabel(number: Measured, { label }: PlacedLabel): boolean {
  if (number.kind === 'pair') return label === 'pressure' || label === 'systolic' || label === 'other'
  if (label === 'pressure') return false
  return number.decimals === 0 || label !== 'pulse'
}

const vitalOfLabel: Readonly<Record<Label, ReadableVital | null>> = {
  pressure: 'bloodPressure',
  systolic: 'bloodPressure',
  diastolic: 'bloodPressure',
  pulse: 'heartRate',
  saturation: 'oxygenSaturation',
  temperature: 'bodyTemperature',
  weight: 'bodyWeight',
  glucose: 'bloodGlucose',
  other: null,
}

function vitalsOfUnit(unit: ReadUnit): ReadableVital[] {
  return (Object.keys(scales) as ReadableVital[]).filter((vital) =>
    scales[vital].some((scale) => scale.unit === unit),
  )
}

function fitsUnit(label: PlacedLabel | null, unit: ReadUnit): boolean {
  if (label === null || label.label === 'other') return true
  const vital = vitalOfLabel[label.label]
  return vital !== null && vitalsOfUnit(unit).includes(vital)
}

/** A value that stands alone; null for what is none, or part of a blood pressure. */
function singleOf(
  lines: readonly TextLine[],
  screen: Screen,
  found: readonly Found[],
  one: Found,
): VitalProposal | null {
  const { number, label, unit, several } = one
  if (number.kind !== 'number') return null
  const vital = label ? vitalOfLabel[label.label] : unit && vitalByUnit(screen, unit.unit)
  if (!vital || vital === 'bloodPressure') return null
  const doubts: ProposalDoubt[] = several ? ['several'] : []
  if (!label && unit && !follows(number, unit)) {
    // The word that says so belongs to another number.
    if (found.some((other) => other.label && vitalOfLabel[other.label.label] === vital)) return null
  }
  // Breaths are counted by the minute too.
  if (!label && unit?.unit === '/min' && !/bpm/i.test(unit.text)) doubts.push('unlabelled')
  const told = unitOf(screen, vital, one)
  if (told.doubt) doubts.push(told.doubt)
  const numbers = [readNumber(lines, number, number)]
  return proposal({ vital, numbers, unit: told.unit, doubts })
}

/** A share of something, or millimoles of another substance, is not told by its unit alone. */
function vitalByUnit({ labels }: Screen, unit: ReadUnit): ReadableVital | null {
  if (unit === '%' || unit === 'mm[Hg]' || unit === 'kPa') return null
  const [vital] = vitalsOfUnit(unit)
  const other = labels.some(({ label, text }) => label === 'other' && otherSubstance.test(text))
  return vital === 'bloodGlucose' && other ? null : (vital ?? null)
}

const otherSubstance = /ket|chol|ua|tg|hdl|ldl|血酮|尿酸|胆固醇|甘油三酯/i

/** As the picture tells: beside the number, or anywhere when it shows only one; what has one unit needs none. */
function unitOf(
  { units }: Screen,
  vital: ReadableVital,
  { number, unit }: Found,
): { unit: ReadUnit | null; doubt: ProposalDoubt | null } {
  const possible = scales[vital].map((scale) => scale.unit)
  const [only, another] = possible
  if (only !== undefined && another === undefined) return { unit: only, doubt: null }
  const shown = new Set(units.map((shownUnit) => shownUnit.unit).filter((code) => possible.includes(code)))
  const beside = unit !== null && possible.includes(unit.unit) ? unit : null
  if (beside && (shown.size === 1 || follows(number, beside))) return { unit: beside.unit, doubt: null }
  if (shown.size > 1) return { unit: beside?.unit ?? null, doubt: 'unitDoubtful' }
  const [single] = shown
  return single === undefined ? { unit: null, doubt: 'unitMissing' } : { unit: single, doubt: null }
}

function follows(number: Measured, unit: PlacedUnit): boolean {
  return number.line === unit.line && unit.start >= number.end && unit.start - number.end <= 1
}

// --- Blood pressure ---------------------------------------------------------------------------------------------------

function pressuresIn(lines: readonly TextLine[], screen: Screen, found: readonly Found[]): VitalProposal[] {
  const written = found.flatMap(({ number, label }) =>
    number.kind === 'pair' && label?.label !== 'other'
      ? (pairOf(lines, screen, number, label !== null) ?? [])
      : [],
  )
  const of = (label: Label) =>
    found.filter(({ number, ...one }) => number.kind === 'number' && one.label?.label === label)
  const [systolics, diastolics] = [of('systolic'), of('diastolic')]
  const shown = systolics.flatMap((high, at) => {
    const low = diastolics[at]
    if (!low || high.number.kind !== 'number' || low.number.kind !== 'number') return []
    const numbers = [readNumber(lines, high.number, high.number), readNumber(lines, low.number, low.number)]
    const doubts: ProposalDoubt[] = high.several || low.several ? ['several'] : []
    return [pressure(screen, numbers, doubts)]
  })
  const all = [...written, ...shown]
  return all.length > 0 || systolics.length > 0 || diastolics.length > 0
    ? all
    : unlabelledPressure(lines, screen, found)
}

/** Two numbers with a stroke between them are a blood pressure if something says so, or if they could be nothing else. */
function pairOf(
  lines: readonly TextLine[],
  screen: Screen,
  { line, high, low }: Extract<Measured, { kind: 'pair' }>,
  labelled: boolean,
): VitalProposal | null {
  const numbers = [readNumber(lines, { line }, high), readNumber(lines, { line }, low)]
  const said = labelled || pressureUnits(screen).size > 0
  if (said) return pressure(screen, numbers, [])
  return isPlausible('bloodPressure', [high.value, low.value], 'mm[Hg]')
    ? pressure(screen, numbers, ['unlabelled'])
    : null
}

/** Millimetres of mercury, and two whole numbers of which nothing says what they are: the upper one is the systolic. */
function unlabelledPressure(
  lines: readonly TextLine[],
  screen: Screen,
  found: readonly Found[],
): VitalProposal[] {
  if (!pressureUnits(screen).has('mm[Hg]')) return []
  const [high, low, ...more] = found
    .filter(({ label, unit }) => label === null && (unit === null || unit.unit === 'mm[Hg]'))
    .map(({ number }) => number)
    .filter((number) => number.kind === 'number')
    .filter(({ decimals, value }) => decimals === 0 && value >= 20)
    .sort((a, b) => a.box.top - b.box.top)
  if (!high || !low || more.length > 1) return []
  if (!isPlausible('bloodPressure', [high.value, low.value], 'mm[Hg]')) return []
  return [pressure(screen, [readNumber(lines, high, high), readNumber(lines, low, low)], ['unlabelled'])]
}

function pressure(screen: Screen, numbers: ReadNumber[], doubts: ProposalDoubt[]): VitalProposal {
  const shown = pressureUnits(screen)
  const values = numbers.map(({ value }) => value)
  // No pressure in kPa is as high as the lowest in mmHg: the number tells the unit.
  const unit = shown.size === 1 && shown.has('kPa') ? 'kPa' : 'mm[Hg]'
  const both = shown.size > 1 && !isPlausible('bloodPressure', values, 'mm[Hg]')
  return proposal({
    vital: 'bloodPressure',
    numbers,
    unit,
    doubts: both ? [...doubts, 'unitDoubtful'] : doubts,
  })
}

function pressureUnits({ units }: Screen): Set<ReadUnit> {
  return new Set(units.map(({ unit }) => unit).filter((unit) => unit === 'mm[Hg]' || unit === 'kPa'))
}

// --- All of them ------------------------------------------------------------------------------------------------------

/** A thermometer shows little else: a number such as 36.6, when it is the only one of its kind. */
function bareTemperature(lines: readonly TextLine[], { numbers }: Screen): VitalProposal[] {
  const possible = numbers.filter(
    (number) =>
      number.kind === 'number' &&
      number.decimals === 1 &&
      (isPlausible('bodyTemperature', [number.value], 'Cel') ||
        isPlausible('bodyTemperature', [number.value], '[degF]')),
  )
  const [only] = possible
  if (possible.length !== 1 || numbers.length > 2 || only?.kind !== 'number') return []
  const read = [readNumber(lines, only, only)]
  return [proposal({ vital: 'bodyTemperature', numbers: read, unit: null, doubts: ['unlabelled', 'unitMissing'] })] // prettier-ignore
}

function proposal(found: Omit<VitalProposal, 'kind'>): VitalProposal {
  const { vital, numbers, unit } = found
  const values = numbers.map(({ value }) => value)
  const doubts = new Set(found.doubts)
  if (numbers.some(({ confidence }) => confidence < leastConfidence)) doubts.add('lowConfidence')
  const fitting = scales[vital].filter((scale) => isPlausible(vital, values, scale.unit))
  if (fitting.length === 0) doubts.add('implausible')
  else if (unit !== null && !fitting.some((scale) => scale.unit === unit)) doubts.add('unitDoubtful')
  return { kind: 'vital', ...found, doubts: [...doubts] }
}

function readNumber(
  lines: readonly TextLine[],
  { line }: { line: number },
  { text, value }: { text: string; value: number },
): ReadNumber {
  return { text, value, confidence: lines[line]?.confidence ?? 0, lines: [line] }
}
