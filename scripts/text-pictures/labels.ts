import type { Item, Sheet } from './sheet.ts'

type Look = { font: string; paper: string; ink: string; accent: string; band?: boolean }

const looks: Look[] = [
  { font: 'DejaVu Sans', paper: '#fbfbf7', ink: '#1b1b1f', accent: '#0b4f8a' },
  { font: 'Liberation Sans', paper: '#ffffff', ink: '#222222', accent: '#a3172b', band: true },
  { font: 'Liberation Serif', paper: '#f6f1e3', ink: '#2a2118', accent: '#2a2118' },
  { font: 'Inter', paper: '#eef4fa', ink: '#10263c', accent: '#0d6b53', band: true },
  { font: 'DejaVu Sans Condensed', paper: '#fffdf0', ink: '#111111', accent: '#5a2a83' },
  { font: 'DejaVu Sans Mono', paper: '#ffffff', ink: '#1d1d1d', accent: '#1d1d1d' },
]

const chineseLooks: Look[] = [
  { font: 'Noto Sans CJK SC', paper: '#ffffff', ink: '#1d1d1f', accent: '#0a5c9e' },
  { font: 'Noto Serif CJK SC', paper: '#f8f3e6', ink: '#29211a', accent: '#8c1d1d' },
  { font: 'Noto Sans CJK SC', paper: '#eef6ef', ink: '#16301f', accent: '#0b6a3c', band: true },
]

/** The first line is the name, large; the others follow. A lone bar parts what stands left and right. */
const english: string[][] = [
  [
    'Paracetamol 500 mg',
    '24 Tablets',
    'Take 1 or 2 tablets every 4 to 6 hours',
    'Do not take more than 8 in 24 hours',
    'Keep out of the reach of children',
    'LOT 7K2291|EXP 08/2027',
  ],
  [
    'Amoxicillin 250 mg/5 ml',
    'Oral Suspension',
    'Shake well before use',
    'Give 5 ml three times daily for 7 days',
    'Store in a refrigerator 2-8°C',
    'Rx 4471902|Qty 100 ml',
    'Dr. A. Osei',
  ],
  [
    'METFORMIN HCl 850 mg',
    'Film-coated tablets',
    'ONE TABLET TWICE DAILY WITH FOOD',
    '56 tablets',
    'Batch: B04417',
    'Expiry: 11-2026',
    'NDC 0093-1048-01',
  ],
  [
    'Lisinopril 10 mg',
    'Take one tablet by mouth daily',
    'May cause dizziness',
    'Refills: 3',
    'Discard after 05/14/2027',
    'Qty: 30|Rx# 6621845',
  ],
  [
    'Salbutamol 100 micrograms',
    'Pressurised inhalation',
    '200 metered doses',
    'Two puffs when required',
    'Shake before each use',
    'Do not exceed 8 puffs a day',
    'EXP 2027-03',
  ],
  [
    'Ibuprofen 400 mg',
    'Anti-inflammatory',
    'Take with or after food',
    'Max. 3 tablets in 24 hours',
    '20 coated tablets',
    'LOT A19C03|EXP 02/28',
  ],
  [
    'Insulin Glargine',
    '100 units/ml',
    'Solution for injection in pen',
    '5 x 3 ml',
    'For subcutaneous use only',
    'Do not freeze',
    'LOT 1F8842A',
    'EXP 2026-12',
  ],
  [
    'Omeprazole 20 mg',
    'Gastro-resistant capsules',
    'One capsule each morning before food',
    'Swallow whole',
    '28 capsules',
    'PL 00289/0441',
  ],
  [
    'Warfarin 3 mg',
    'Take as directed at 6 pm',
    'Blue tablets',
    'Check INR on 14 March',
    'Avoid aspirin',
    '28 tablets|Dose: 4.5 mg',
  ],
  [
    'Levothyroxine 75 mcg',
    'Take 30 minutes before breakfast',
    'Store below 25°C',
    'Keep in original package',
    '84 tablets',
    'EXP: 09/2027|LOT: TH5520',
  ],
  [
    'Cetirizine 10 mg',
    'Antihistamine',
    'One tablet daily',
    'May cause drowsiness',
    '30 tablets',
    'Batch 22K119',
  ],
]

const chinese: string[][] = [
  [
    '对乙酰氨基酚片',
    '规格：0.5克×12片',
    '用于普通感冒引起的发热',
    '口服，一次1片',
    '24小时内不超过4次',
    '批准文号：国药准字H11021234',
    '有效期至2027年08月',
  ],
  [
    '阿莫西林胶囊',
    '规格：0.25克',
    '每日3次，每次2粒',
    '青霉素过敏者禁用',
    '密封，在阴凉处保存',
    '生产日期：20250316',
  ],
  ['盐酸二甲双胍片', '0.5克×20片', '随餐服用', '一日2次，一次1片', '请遵医嘱', '产品批号：240811'],
  ['硝苯地平控释片', '30毫克×7片', '整片吞服，不可嚼碎', '每日一次', '用于高血压', '贮藏：遮光，30℃以下保存'],
  ['布洛芬缓释胶囊', '0.3克×24粒', '早晚各一次', '不得饮酒', '孕妇及哺乳期妇女禁用', '有效期36个月'],
  ['蒙脱石散', '每袋3克', '成人每次1袋', '倒入50毫升温水中', '混匀后服用', '儿童用量请咨询医师'],
  ['阿司匹林肠溶片', '100毫克×30片', '饭前用适量水送服', '批号：BJ58412', '处方药', '请仔细阅读说明书'],
  ['复方甘草口服溶液', '100毫升', '一次5至10毫升', '一日3次，服时振摇', '运动员慎用', '用药前请咨询药师'],
  [
    '门诊处方',
    '姓名：王小明',
    '性别：男|年龄：46岁',
    '科别：心内科',
    '氨氯地平片 5毫克×28片',
    '用法：每日一次，每次1片',
    '日期：2026年3月9日',
  ],
]

/** Twenty sheets: medicine labels and pharmacy stickers. */
export function labels(): { name: string; group: string; sheet: Sheet }[] {
  return [
    ...english.map((lines, i) => ({
      name: `label-en-${i + 1}`,
      group: 'label, English',
      sheet: label(lines, looks[i % looks.length]!, 1),
    })),
    ...chinese.map((lines, i) => ({
      name: `label-zh-${i + 1}`,
      group: 'label, Chinese',
      sheet: label(lines, chineseLooks[i % chineseLooks.length]!, 0.95),
    })),
  ]
}

function label(lines: string[], look: Look, scale: number): Sheet {
  const width = 1000
  const title = 64 * scale
  const body = 40 * scale
  const [name = '', ...rest] = lines
  const items: Item[] = [
    {
      text: name,
      x: 50,
      y: 96,
      size: title,
      font: look.font,
      weight: 700,
      colour: look.band ? '#ffffff' : look.accent,
    },
  ]
  let y = 150 + body
  for (const [i, line] of rest.entries()) {
    const [left = '', right] = line.split('|')
    const small = i >= rest.length - 2
    const size = small ? body * 0.82 : body
    items.push({ text: left, x: 50, y, size, font: look.font, weight: i === 0 ? 700 : 400 })
    if (right) items.push({ text: right, x: 560, y, size, font: look.font, weight: 400 })
    y += body * 1.55
  }
  const band = look.band ? `<rect y="22" width="${width}" height="106" fill="${look.accent}"/>` : ''
  const rule = look.band
    ? ''
    : `<rect x="50" y="126" width="${width - 100}" height="4" fill="${look.accent}"/>`
  return { width, height: Math.round(y), paper: look.paper, ink: look.ink, under: band + rule, items }
}
