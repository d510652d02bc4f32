import type { MedicationProposal, ProposalDoubt, ReadWords } from '#shared/imaging-proposal.ts'
import type { TextLine } from '#shared/imaging-recognition.ts'
import { isAdvice, isDosage, formIn, strengthsIn, type Stretch } from './medicine-words.ts'
import { plain } from './tokens.ts'
import { leastConfidence } from './vitals.ts'

/** What a line is, in words. */
type Line = { at: number; text: string; dosage: boolean; advice: boolean; strengths: readonly Stretch[] }

/** A name and its strength, found together. */
type Named = { name: Placed; strength: Placed | null; several: boolean }
type Placed = { text: string; at: number }

/** The medicines that a package or a pharmacy's label names. */
export function medicinesIn(read: readonly TextLine[]): MedicationProposal[] {
  const lines = read.map(({ text }, at): Line => {
    const words = plain(text).trim()
    const advice = isAdvice(words)
    return { at, text: words, dosage: !advice && isDosage(words), advice, strengths: strengthsIn(words) }
  })
  const named = distinct([...lines.flatMap((line) => byStrength(lines, line)), ...lines.flatMap(byForm)])
  const usable = lines.filter(({ advice }) => !advice)
  const dosage = usable.filter((line) => line.dosage).map(({ text, at }) => ({ text, at }))
  return named.map(({ name, strength, several }, index) => {
    // Instructions and forms are the only medicine's; of several each has what stands after it and before the next.
    const next = named[index + 1]?.name.at ?? Infinity
    const own = ({ at }: { at: number }) => named.length === 1 || (at >= name.at && at < next)
    const doubts: ProposalDoubt[] = []
    if (several) doubts.push('several')
    if (strength === null) doubts.push('incomplete')
    const form = formOf(usable.filter(own), name)
    const proposal = {
      name: words(read, [name]),
      strength: strength && words(read, [strength]),
      form: form && words(read, [form]),
      dosage: joined(read, dosage.filter(own)),
    }
    if (
      Object.values(proposal).some((part) => part && (part.confidence < leastConfidence || isUnclear(part)))
    )
      doubts.push('lowConfidence')
    return { kind: 'medication', ...proposal, doubts }
  })
}

/** A letter among digits, "1o0", is one that was misread. */
function isUnclear({ text }: ReadWords): boolean {
  return /\d[OoIl](?![a-zA-Z])|\d[OoIl]\d|(?<![A-Za-z])[OoIl]\d/.test(text)
}

/** The name before a strength, after it, or in one of the two lines above. */
function byStrength(lines: readonly Line[], line: Line): Named[] {
  const [first, ...more] = line.strengths
  if (!first || line.advice || line.dosage) return []
  const last = more.at(-1)
  const between = last ? line.text.slice(first.end, last.start) : ''
  // "875 mg/125 mg" is one strength; with a name between them they are two.
  const together = last && !/\p{L}{3}/u.test(withoutStrengths(between))
  const strength = { text: line.text.slice(first.start, (together ? last : first).end), at: line.at }
  const name =
    nameFrom(line.text.slice(0, first.start)) ??
    nameFrom(line.text.slice(first.end).replace(/^[\s×x*/\d]+(?:片|粒|袋|支|丸)?/, ''))
  if (name !== null) return [{ name: { text: name, at: line.at }, strength, several: !!last && !together }]
  for (const above of [lines[line.at - 1], lines[line.at - 2]]) {
    if (!above || above.advice || above.dosage || above.strengths.length > 0) continue
    const nameAbove = nameFrom(above.text)
    if (nameAbove !== null)
      return [{ name: { text: nameAbove, at: above.at }, strength, several: !!last && !together }]
  }
  return []
}

function withoutStrengths(text: string): string {
  return strengthsIn(text).reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
}

/** A Chinese name ends with its form: 阿莫西林胶囊. */
function byForm({ text, at, dosage, advice, strengths }: Line): Named[] {
  if (dosage || advice || strengths.length > 0) return []
  const name = nameFrom(text)
  if (name === null || !/^[\p{Script=Han}A-Za-z()·-]+$/u.test(name)) return []
  const form = formIn(name)
  const chinese = form && /\p{Script=Han}/u.test(form.text) && form.end === name.length
  return chinese && name.length >= form.text.length + 2 ? [{ name: { text: name, at }, strength: null, several: false }] : [] // prettier-ignore
}

const heading =
  /^(?:(?:drug|medicine|medication|name|rx|通用名称?|药品名称?|商品名称?|药名|品名)\s?[:：]\s?)/i
const noName =
  /^(?:each|every|per|contains?|strength|dose|dosage|total|net|content|tablets?|capsules?|oral|film|blue|white|规格|每[袋片粒支瓶丸]含?|一次|每次|含|净含量|共|装)\b|^(?:规格|每[袋片粒支瓶丸]|一次|每次|含|净含量|共|装|成份|成分)/i

/** What is left of some words when they are a name: without heading, form and punctuation. Null when they are none. */
function nameFrom(words: string): string | null {
  const named = words.replace(heading, '').trim()
  const form = formIn(named)
  // An English form is a word of its own; a Chinese one is part of the name.
  const bare = form && /[A-Za-z]/.test(form.text) ? named.slice(0, form.start) : named
  const clean = bare.replace(/^[\s\p{P}\p{S}]+|[\s,;:/+×*·.(\-–]+$/gu, '')
  if (noName.test(clean) || /\d{3}/.test(clean)) return null
  return /[\p{Script=Latin}-]{4}|\p{Script=Han}{2}/u.test(clean) && clean.length <= 120 ? clean : null
}

/** The form in the name's own line, or in one that tells what is in the package, or in the instructions. */
function formOf(lines: readonly Line[], name: Placed): Placed | null {
  const order = [
    ...lines.filter(({ at }) => at === name.at),
    ...lines.filter(({ at, dosage }) => at !== name.at && !dosage),
    ...lines.filter(({ dosage }) => dosage),
  ]
  for (const { text, at } of order) {
    const form = formIn(text)
    if (form) return { text: form.text, at }
  }
  return null
}

/** A name once; the finding with a strength counts, and two strengths are a doubt. */
function distinct(found: readonly Named[]): Named[] {
  const names = new Map<string, Named>()
  for (const one of found) {
    const key = one.name.text.toLowerCase()
    const known = names.get(key)
    if (!known) names.set(key, one)
    else if (known.strength && one.strength && known.strength.text !== one.strength.text)
      names.set(key, { ...known, several: true })
    else if (!known.strength && one.strength) names.set(key, one)
  }
  return [...names.values()].sort((a, b) => a.name.at - b.name.at)
}

const mostDosage = 200

/** Whole lines, as many as the chart has room for. */
function joined(read: readonly TextLine[], parts: readonly Placed[]): ReadWords | null {
  const fitting: Placed[] = []
  for (const part of parts) {
    const length = [...fitting, part].map(({ text }) => text).join('; ').length
    if (length <= mostDosage) fitting.push(part)
  }
  return fitting.length === 0 ? null : words(read, fitting)
}

function words(read: readonly TextLine[], parts: readonly Placed[]): ReadWords {
  return {
    text: parts.map(({ text }) => text).join('; '),
    confidence: Math.min(...parts.map(({ at }) => read[at]?.confidence ?? 0)),
    lines: parts.map(({ at }) => at),
  }
}
