import type { ReadUnit } from '#shared/imaging-proposal.ts'

/** What a word beside a number says that it is; `other`: something that is not charted, or not this person's value. */
export type Label =
  | 'pressure'
  | 'systolic'
  | 'diastolic'
  | 'pulse'
  | 'saturation'
  | 'temperature'
  | 'weight'
  | 'glucose'
  | 'other'

/** `start` and `end` count characters of the text that was taken apart. */
export type Token = { start: number; end: number; text: string } & (
  | { kind: 'number'; value: number; decimals: number }
  /** 120/80 */
  | { kind: 'pair'; high: Part; low: Part }
  | { kind: 'label'; label: Label }
  | { kind: 'unit'; unit: ReadUnit }
  | { kind: 'word' }
)

type Part = { text: string; value: number }

/** Full-width digits and letters, and signs such as ℃, as those that everybody writes; what a line is taken apart as. */
export function plain(text: string): string {
  return text.normalize('NFKC').replaceAll('µ', 'μ')
}

/** What a device is called says nothing of a number beside it. */
const devices =
  /pulse\s?oximeter|(?:blood\s?)?pressure\s?monitor|(?:upper\s?arm|wrist|heart\s?rate)\s?monitor|body\s?scales?|血[压氧糖][计仪]|体温[计枪]|体重[秤计]|指夹式?/iy

/** The order counts: the first that fits at a place is what stands there. */
const labels: readonly (readonly [Label, RegExp])[] = [
  [
    'systolic',
    /SYS(?:T(?:OLIC|\.)?)?(?=mm\s?H|kPa|[^A-Za-z]|$)\.?|SBP(?=mm\s?H|kPa|[^A-Za-z]|$)|收缩压|高压/iy,
  ],
  [
    'diastolic',
    /DIA(?:S(?:T(?:OLIC|\.)?)?)?(?=mm\s?H|kPa|[^A-Za-z]|$)\.?|DBP(?=mm\s?H|kPa|[^A-Za-z]|$)|舒张压|低压/iy,
  ],
  [
    'saturation',
    /%?\s?Sp[O0Q]\s?[2z]?(?![A-Za-z])\s?%?|O2\s?Sat(?:uration)?|Oxygen saturation|Sa[O0]2|血氧(?:饱和度)?/iy,
  ],
  ['other', /d\s?=|PI\s?%|PI(?![A-Za-z])|BMI(?![A-Za-z])|(?:body )?(?:fat|water|muscle|bone)(?![A-Za-z])|RR(?![A-Za-z])|RESP(?:\.|IRATION)?(?![A-Za-z])|MAP(?![A-Za-z])|AVG(?![A-Za-z])|MEM(?:ORY)?(?![A-Za-z])|MAX(?:IMUM)?(?![A-Za-z])\.?|MIN(?:IMUM)?(?![A-Za-z])\.?|CAPACITY|ROOM|HUMIDITY|KET(?:ONES?)?(?![A-Za-z])|CHOL(?:ESTEROL)?|UA(?![A-Za-z])|TG(?![A-Za-z])|HDL|LDL|AGE(?![A-Za-z])|HEIGHT|体脂率?|体质指数|水分|肌肉|骨量|呼吸率?|平均压?|最大|最小|最高|最低|称量|室温|湿度|血酮|尿酸|胆固醇|甘油三酯|年龄|身高|灌注指数/iy], // prettier-ignore
  ['pulse', /PUL(?:SE)?(?![A-Za-z])\.?(?:\s?rate)?|PR\s?b?pm(?![A-Za-z])|PR(?![A-Za-z])|HR(?![A-Za-z])|HEART\s?RATE|脉搏|脉率|心率/iy], // prettier-ignore
  ['temperature', /(?:BODY\s?)?TEMP(?:ERATURE)?(?![A-Za-z])\.?|T(?=\s?[:=]?\s?\d\d[.,]\d)|体温/iy],
  ['weight', /(?:BODY\s?)?WEIGHT(?![A-Za-z])|WT(?![A-Za-z])\.?|体重/iy],
  ['glucose', /(?:BLOOD\s?)?GLU(?:COSE)?(?![A-Za-z])\.?|BLOOD SUGAR|血糖/iy],
  ['pressure', /(?:NI)?BP(?=mm\s?H|kPa|[^A-Za-z]|$)|BLOOD\s?PRESSURE|血压/iy],
]

const units: readonly (readonly [ReadUnit, RegExp])[] = [
  ['mm[Hg]', /mm\s?H[gq9](?![A-Za-z])/iy],
  ['kPa', /kPa(?![A-Za-z])/iy],
  ['mg/dL', /mg\s?\/\s?d[lI1](?![A-Za-z])/iy],
  ['mmol/L', /mmol\s?\/\s?[lI1](?![A-Za-z])/iy],
  ['/min', /\/\s?min(?![A-Za-z])|bpm(?![A-Za-z])|次\s?\/\s?分钟?/iy],
  ['Cel', /[°º˚]\s?C(?![A-Za-z])|摄氏度/iy],
  ['[degF]', /[°º˚]\s?F(?![A-Za-z])|华氏度/iy],
  ['kg', /kgs?(?![A-Za-z])|公斤|千克/iy],
  ['[lb_av]', /lbs?(?![A-Za-z])|pounds?|磅/iy],
  ['%', /%/y],
]

/** Numbers of other things: times, dates, telephone and article numbers, amounts of medicine and of time. */
const notMeasured: readonly RegExp[] = [
  /\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?/iy,
  /(?:\d{4}|\d{1,2})\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,4}日?/y,
  /\d{1,2}月\d{1,2}日?/y,
  /\d{1,4}[-–]\d[\d-–]*/y,
  /\d{5,}/y,
  /\d+(?:[.,]\d+)?\s?(?:mg|mcg|[μu]g|micrograms?|g|ml|cl|IU|units?|tablets?|capsules?|hours?|days?|weeks?|months?|years?|yrs?|cm|毫克|微克|克|毫升|单位|国际单位|片|粒|袋|支|丸|瓶|滴|小时|天|周|月|岁|厘米)(?!\s?\/\s?d[lI1])(?![A-Za-z])/iy,
  // Dose for body weight.
  /\/\s?(?:kg|公斤|千克)/iy,
  // Article numbers such as HEM-7120.
  /[A-Za-z]+[-_]?\d[\w-]*/y,
]

const pair = /(\d{1,3}(?:[.,]\d)?)\s?\/\s?(\d{1,3}(?:[.,]\d)?)(?![\d/.,OoIlSZ|])/y
/** O, I and l beside a digit are digits misread: that is no number. */
const number = /\d{1,4}(?:[.,]\d{1,2})?(?!\d|[.,]\d|[OoISZ|]|l(?!b))/y
const fahrenheitOrCelsius = /([CF])(?![A-Za-z\d])/y
const word = /\p{Script=Latin}[\p{Script=Latin}\d'-]*|\d[\d.,]*/uy

/** Takes a line apart, from left to right. Expects it `plain`. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length;) {
    const token = tokenAt(text, at, tokens.at(-1))
    if (token) tokens.push(token)
    at = Math.max(at + 1, token?.end ?? 0)
  }
  return tokens
}

function tokenAt(text: string, at: number, before: Token | undefined): Token | null {
  const found = (expression: RegExp) => {
    expression.lastIndex = at
    return expression.exec(text)
  }
  const place = (match: string) => ({ start: at, end: at + match.length, text: match })
  const device = found(devices)
  if (device) return { ...place(device[0]), kind: 'word' }
  for (const [label, expression] of labels) {
    const match = found(expression)
    if (match && beginsAWord(text, at)) return { ...place(match[0]), kind: 'label', label }
  }
  for (const [unit, expression] of units) {
    const match = found(expression)
    if (match) return { ...place(match[0]), kind: 'unit', unit }
  }
  for (const expression of notMeasured) {
    const match = found(expression)
    if (match) return { ...place(match[0]), kind: 'word' }
  }
  const two = found(pair)
  const [, high, low] = two ?? []
  if (two && high !== undefined && low !== undefined)
    return { ...place(two[0]), kind: 'pair', high: partFrom(high), low: partFrom(low) }
  const match = found(number)
  if (match) return { ...place(match[0]), kind: 'number', ...numberFrom(match[0]) }
  // The ring of °C is often lost; the letter counts only where it follows a number at once.
  const degrees = before?.kind === 'number' && at - before.end <= 1 ? found(fahrenheitOrCelsius) : null
  if (degrees) return { ...place(degrees[0]), kind: 'unit', unit: degrees[1] === 'F' ? '[degF]' : 'Cel' }
  const other = found(word)
  return other && { ...place(other[0]), kind: 'word' }
}

/** "SYS" in "SYSTEM" is excluded by its own expression; "PR" in "SPR" here. */
function beginsAWord(text: string, at: number): boolean {
  return at === 0 || !/[A-Za-z]/.test(text[at - 1] ?? '') || !/[A-Za-z]/.test(text[at] ?? '')
}

function partFrom(text: string): Part {
  return { text, value: numberFrom(text).value }
}

function numberFrom(text: string): { value: number; decimals: number } {
  const [, decimals = ''] = text.split(/[.,]/)
  return { value: Number(text.replace(',', '.')), decimals: decimals.length }
}
