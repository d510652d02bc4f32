/** Part of a line. */
export type Stretch = { start: number; end: number; text: string }

/** Letters among the digits are digits misread; the text is given as it was read, and doubted. */
const digits = String.raw`(?:\d|(?<![A-Za-z])[OoIl])[\dOoIl]*`
const amount = String.raw`(?<![\d.,])${digits}(?:[.,]${digits})*\s?`
const mass = String.raw`(?:mg|mcg|[μu]g|micrograms?|milligrams?|g|IU|units?|毫克|微克|克|国际单位|单位)(?![A-Za-z])`
const strength = new RegExp(
  `${amount}${mass}(?:\\s?/\\s?(?:${amount})?(?:ml|mL|毫升|片|粒|袋|支|瓶|tablet|capsule|dose|puff|h)(?![A-Za-z]))?`,
  'giu',
)
const percent = /\d+(?:[.,]\d+)?\s?%/g
/** Blood glucose, doses for body weight, and nothing that is one tablet's. */
const notStrength = /^\s?\/\s?(?:d[lI1]|kg|day)/i

/** "500 mg", "250 mg/5 ml", "100 units/ml", "0.25克"; a share only where a form says what it is of: "cream 1 %". */
export function strengthsIn(text: string): Stretch[] {
  const found = [...text.matchAll(strength), ...(formIn(text) ? text.matchAll(percent) : [])]
  return found
    .map((match) => ({ start: match.index, end: match.index + match[0].length, text: match[0] }))
    .filter(({ end }) => !notStrength.test(text.slice(end)))
    .sort((a, b) => a.start - b.start)
}

const forms = [
  /(?:(?:film[- ]?coated|coated|chewable|effervescent|soluble|dispersible|gastro[- ]?resistant|enteric[- ]coated|(?:prolonged|extended|modified|sustained)[- ]release)\s)*(?:tablets?|caplets?|capsules?|softgels?|lozenges?|sachets?|suppositor(?:y|ies)|pessar(?:y|ies)|granules|powder|syrup|elixir|linctus|oral (?:suspension|solution|drops)|suspension|solution for (?:injection|infusion)|injection|solution|cream|ointment|gel|lotion|(?:eye|ear|nasal) (?:drops|spray)|drops|spray|inhaler|inhalation|patch(?:es)?|pen)(?![A-Za-z])/i,
  /(?:缓释|控释|肠溶|分散|咀嚼|泡腾|含|薄膜衣)?(?:片剂?|胶囊剂?)|颗粒剂?|口服溶液|口服液|混悬液|糖浆|注射液|滴眼液|滴耳液|滴鼻液|软膏|乳膏|凝胶|喷雾剂|气雾剂|吸入剂|洗剂|贴膏|贴剂|栓剂?|软胶囊|滴丸|丸|散|溶液/,
]
/** 20片 counts, 每次1片 is a dose: a form stands on its own or at the end of a name. */
const counted = /[\d一二两三四半×xX*]\s?$/

/** The first form that a line names. */
export function formIn(text: string): Stretch | null {
  for (const expression of forms) {
    const match = expression.exec(text)
    if (!match) continue
    const isCount = /\p{Script=Han}/u.test(match[0]) && counted.test(text.slice(0, match.index))
    if (!isCount) return { start: match.index, end: match.index + match[0].length, text: match[0] }
  }
  return null
}

const dosage = [
  /\b(?:take|give|apply|inhale|instil+|inject|insert|swallow|chew|dissolve|spread)(?![a-z])/i,
  // Spaces are often lost.
  /(?:once|twice|times?|one|two|three|four|\d)\s?.*(?:daily|\ba day|per day|each day|every day|weekly|a week)/i,
  /\b(?:daily|every (?:\d+|four|six|eight|twelve)(?: to \d+)? hours?|each (?:morning|evening|night)|at (?:bedtime|night)|when required|as needed|as required|as directed|by mouth|(?:with|before|after) (?:food|meals?)|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|p\.?r\.?n)\b/i,
  /\b(?:one|two|three|half|\d+)\s(?:tablets?|capsules?|puffs?|drops|sprays?|sachets?)\s(?:each|every|in|at|when|once|twice|daily)\b/i,
  /\bdose\s?:/i,
  /口服(?!溶?液|混悬)|外用|每日|每天|每晚|每早|每次|一次|一日|日服|早晚|饭[前后]|餐[前后]|随餐|睡前|吞服|送服|冲服|含服|必要时|每\d+小时|用法|用量|后服用|次\/日/,
]
const advice = [
  /\b(?:do not|don't|never|not exceed|no more than|max(?![a-z])|maximum|keep|store|storage|avoid|may cause|warning|caution|exp(?:iry|ires)?(?![a-z])|use by|lot(?![a-z])|batch|discard|refills?|qty|quantity|ndc|pharmacy|pharmacist|tel\b|phone|patient|reach of|children|package|consult|check|dr\.|prescri(?:ber|bed by)|net (?:wt|weight)|serving|energy|protein|sugars?|sodium|salt(?![a-z]))/i,
  /^rx\s?#?\s?\d|^pl\s?\d|^shake/i,
  /禁用|慎用|不得|不超过|遵医嘱|咨询|孕妇|保存|贮藏|储存|密封|有效期|批号|生产|批准文号|国药准字|用于|说明书|处方药|处方$|姓名|性别|年龄|科别|日期|过敏|运动员|儿童用量|净含量|条形码|电话|地址|公司|药房|药店/,
]

/** How to take it. */
export function isDosage(text: string): boolean {
  return dosage.some((expression) => expression.test(text))
}

/** Everything that is printed on packages beside name, strength, form and instructions. */
export function isAdvice(text: string): boolean {
  return advice.some((expression) => expression.test(text))
}
