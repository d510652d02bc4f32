import { vitals } from '#shared/records.ts'

/** What a Chinese and an English reader see. */
export type InBoth = { en: string; zh: string }

/** A drug by its ATC code: the prefix tells its family, which allergies exclude. */
export type Drug = { atc: string; name: InBoth; dosage: InBoth }

export type VitalCode = (typeof vitals)[keyof typeof vitals]['code'] | 'systolic' | 'diastolic'

/** An illness with what it is treated with, and where it moves the vital signs: from diagnosis to under treatment. */
export type Illness = {
  snomed: string
  name: InBoth
  drugs: readonly Drug[]
  moves: Partial<Record<VitalCode, readonly [before: number, after: number]>>
  /** Measured at home between the visits. */
  athome?: 'bloodPressure' | 'bloodGlucose'
}

const { heartRate, bodyWeight, oxygenSaturation, bloodGlucose } = vitals
const daily: InBoth = { en: 'One tablet in the morning', zh: '每日早晨一片' }
const nightly: InBoth = { en: 'One tablet in the evening', zh: '每晚一片' }
const twice: InBoth = { en: 'One tablet twice a day, with meals', zh: '每日两次，每次一片，随餐服用' }
const drug = (atc: string, en: string, zh: string, dosage: InBoth): Drug => ({
  atc,
  name: { en, zh },
  dosage,
})

export const illnesses = {
  hypertension: {
    snomed: '59621000',
    name: { en: 'Essential hypertension', zh: '原发性高血压' },
    drugs: [
      drug('C08CA01', 'Amlodipine 5 mg', '氨氯地平 5 mg', daily),
      drug('C09CA01', 'Losartan 50 mg', '氯沙坦 50 mg', daily),
    ],
    moves: { systolic: [40, 12], diastolic: [20, 6] },
    athome: 'bloodPressure',
  },
  diabetes: {
    snomed: '44054006',
    name: { en: 'Type 2 diabetes mellitus', zh: '2型糖尿病' },
    drugs: [
      drug('A10BA02', 'Metformin 500 mg', '二甲双胍 500 mg', twice),
      drug('A10BK03', 'Empagliflozin 10 mg', '恩格列净 10 mg', daily),
    ],
    moves: { [bloodGlucose.code]: [6.4, 1.9], [bodyWeight.code]: [6, 1] },
    athome: 'bloodGlucose',
  },
  lipids: {
    snomed: '55822004',
    name: { en: 'Hyperlipidaemia', zh: '高脂血症' },
    drugs: [drug('C10AA05', 'Atorvastatin 20 mg', '阿托伐他汀 20 mg', nightly)],
    moves: {},
  },
  asthma: {
    snomed: '195967001',
    name: { en: 'Asthma', zh: '支气管哮喘' },
    drugs: [
      drug('R03AK07', 'Budesonide/formoterol 160/4.5 µg', '布地奈德福莫特罗 160/4.5 µg', {
        en: 'One inhalation twice a day',
        zh: '每日两次，每次一吸',
      }),
      drug('R03AC02', 'Salbutamol 100 µg', '沙丁胺醇 100 µg', {
        en: 'One to two puffs when short of breath',
        zh: '气促时吸入一至两喷',
      }),
    ],
    moves: { [oxygenSaturation.code]: [-4, 0], [heartRate.code]: [12, 2] },
  },
  thyroid: {
    snomed: '40930008',
    name: { en: 'Hypothyroidism', zh: '甲状腺功能减退症' },
    drugs: [
      drug('H03AA01', 'Levothyroxine 75 µg', '左甲状腺素 75 µg', {
        en: 'One tablet before breakfast',
        zh: '每日早餐前一片',
      }),
    ],
    moves: { [heartRate.code]: [-14, 0], [bodyWeight.code]: [5, 0] },
  },
  eczema: {
    snomed: '24079001',
    name: { en: 'Atopic dermatitis', zh: '特应性皮炎' },
    drugs: [
      drug('D07AC13', 'Mometasone cream 0.1 %', '糠酸莫米松乳膏 0.1 %', {
        en: 'Thinly once a day on affected skin, for two weeks',
        zh: '每日一次薄涂患处，连用两周',
      }),
    ],
    moves: {},
  },
  psoriasis: {
    snomed: '9014002',
    name: { en: 'Psoriasis', zh: '银屑病' },
    drugs: [
      drug('D05AX52', 'Calcipotriol/betamethasone gel', '卡泊三醇倍他米松凝胶', {
        en: 'Once a day on the plaques',
        zh: '每日一次涂于斑块',
      }),
    ],
    moves: {},
  },
  reflux: {
    snomed: '235595009',
    name: { en: 'Gastro-oesophageal reflux disease', zh: '胃食管反流病' },
    drugs: [drug('A02BC01', 'Omeprazole 20 mg', '奥美拉唑 20 mg', { en: 'One capsule before breakfast', zh: '每日早餐前一粒' })], // prettier-ignore
    moves: {},
  },
  migraine: {
    snomed: '37796009',
    name: { en: 'Migraine', zh: '偏头痛' },
    drugs: [
      drug('N02CC01', 'Sumatriptan 50 mg', '舒马普坦 50 mg', {
        en: 'One tablet at the start of an attack, at most two a day',
        zh: '发作时一片，每日最多两片',
      }),
    ],
    moves: {},
  },
  fibrillation: {
    snomed: '49436004',
    name: { en: 'Atrial fibrillation', zh: '心房颤动' },
    drugs: [
      drug('B01AF02', 'Apixaban 5 mg', '阿哌沙班 5 mg', twice),
      drug('C07AB07', 'Bisoprolol 2.5 mg', '比索洛尔 2.5 mg', daily),
    ],
    moves: { [heartRate.code]: [36, 4] },
  },
  anaemia: {
    snomed: '87522002',
    name: { en: 'Iron deficiency anaemia', zh: '缺铁性贫血' },
    drugs: [drug('B03AA07', 'Ferrous sulfate 200 mg', '硫酸亚铁 200 mg', daily)],
    moves: { [heartRate.code]: [22, 3] },
  },
  gout: {
    snomed: '90560007',
    name: { en: 'Gout', zh: '痛风' },
    drugs: [drug('M04AA01', 'Allopurinol 100 mg', '别嘌醇 100 mg', daily)],
    moves: {},
  },
} as const satisfies Record<string, Illness>
export type IllnessName = keyof typeof illnesses

/** An allergy, and the families of drugs (ATC prefixes) that nobody who has it may get. */
export type AllergyKind = {
  snomed: string
  name: InBoth
  criticality: 'low' | 'high'
  reaction: InBoth
  excludes: readonly string[]
}

export const allergies = {
  penicillin: {
    snomed: '91936005',
    name: { en: 'Allergy to penicillin', zh: '青霉素过敏' },
    criticality: 'high',
    reaction: { en: 'Hives and swelling of the face', zh: '荨麻疹、面部肿胀' },
    excludes: ['J01C'],
  },
  aspirin: {
    snomed: '293586001',
    name: { en: 'Allergy to aspirin', zh: '阿司匹林过敏' },
    criticality: 'high',
    reaction: { en: 'Wheezing', zh: '喘息' },
    excludes: ['B01AC06', 'N02BA', 'M01A'],
  },
  sulfonamide: {
    snomed: '91939003',
    name: { en: 'Allergy to sulfonamide', zh: '磺胺类药物过敏' },
    criticality: 'high',
    reaction: { en: 'Rash', zh: '皮疹' },
    excludes: ['J01E', 'C03', 'N02CC'],
  },
  peanut: {
    snomed: '91935009',
    name: { en: 'Allergy to peanut', zh: '花生过敏' },
    criticality: 'high',
    reaction: { en: 'Anaphylaxis in childhood', zh: '童年时曾发生过敏性休克' },
    excludes: [],
  },
  latex: {
    snomed: '300916003',
    name: { en: 'Latex allergy', zh: '乳胶过敏' },
    criticality: 'low',
    reaction: { en: 'Contact dermatitis', zh: '接触性皮炎' },
    excludes: [],
  },
  dustMite: {
    snomed: '232350006',
    name: { en: 'House dust mite allergy', zh: '尘螨过敏' },
    criticality: 'low',
    reaction: { en: 'Sneezing, itching eyes', zh: '喷嚏、眼痒' },
    excludes: [],
  },
} as const satisfies Record<string, AllergyKind>
export type AllergyName = keyof typeof allergies
