import type { Locale } from '#shared/identity.ts'
import type { IllnessName } from './illnesses.ts'

/** How far the treatment has come: the words of a note follow from it. */
export type Stage = 'first' | 'better' | 'stable'
type Lines = { subjective: string; assessment: string; plan: string }
type Story = { reason: string; review: string } & Record<Stage, Lines>

/** What is said when a visit is for this illness; people without one come for a check-up. */
export function storyOf(illness: IllnessName | undefined, locale: Locale): Story {
  const stories = locale === 'zh-CN' ? chinese : english
  return (illness && stories[illness]) ?? stories.checkUp
}

type Stories = Partial<Record<IllnessName, Story>> & { checkUp: Story }

function story(
  reason: string,
  review: string,
  first: [string, string, string],
  better: [string, string, string],
  stable: [string, string, string],
): Story {
  const lines = ([subjective, assessment, plan]: [string, string, string]): Lines => ({ subjective, assessment, plan }) // prettier-ignore
  return { reason, review, first: lines(first), better: lines(better), stable: lines(stable) }
}

const english: Stories = {
  hypertension: story(
    'High blood pressure readings at home', 'Blood pressure review',
    ['Headaches in the morning, high readings at home for some weeks. No chest pain, no shortness of breath.', 'Essential hypertension, newly diagnosed.', 'Start tablets every morning. Less salt, half an hour of walking a day. Readings at home twice a week; review in two months.'],
    ['Feels well, fewer headaches. Takes the tablets every day, no swelling of the ankles.', 'Hypertension, improving under treatment, not yet at target.', 'Continue. Keep measuring at home; review in two months.'],
    ['No complaints. Readings at home mostly below 135/85.', 'Hypertension, well controlled.', 'Continue unchanged. Kidney values and potassium once a year; review in three months.']),
  diabetes: story(
    'High blood sugar found in a check-up', 'Diabetes review',
    ['Thirst and tiredness for some months, has gained weight. No numbness of the feet.', 'Type 2 diabetes, newly diagnosed.', 'Start metformin with meals. Dietary advice given, glucose meter handed out. Eye examination arranged; review in two months.'],
    ['Less thirsty, has lost some weight. Stomach upset in the first week, now gone.', 'Type 2 diabetes, improving.', 'Continue, add the second tablet. Keep walking after meals; review in two months.'],
    ['Feels well. No low values. Feet are checked daily.', 'Type 2 diabetes, at target.', 'Continue unchanged. HbA1c in three months, eyes once a year.']),
  asthma: story(
    'Cough and wheeze at night', 'Asthma review',
    ['Wakes at night with cough and wheeze twice a week, needs the reliever most days.', 'Asthma, not controlled.', 'Start the combined inhaler twice a day, technique shown on camera. Action plan sent; review in six weeks.'],
    ['Sleeps through, needs the reliever about once a week.', 'Asthma, improving.', 'Continue. Technique checked, correct. Review in two months.'],
    ['No night symptoms, exercises three times a week.', 'Asthma, well controlled.', 'Continue; try a lower dose in spring.']),
  thyroid: story(
    'Tiredness, feels cold', 'Thyroid review',
    ['Tired, feels cold, has gained weight. Dry skin.', 'Hypothyroidism, newly diagnosed (TSH 14 mU/L).', 'Start levothyroxine before breakfast. TSH in six weeks.'],
    ['More energy, still somewhat cold.', 'Hypothyroidism, improving (TSH 5.8 mU/L).', 'Raise to the present dose. TSH in two months.'],
    ['Feels well.', 'Hypothyroidism, well replaced (TSH 2.1 mU/L).', 'Continue unchanged. TSH once a year.']),
  eczema: story(
    'Itching rash in the elbow creases', 'Skin review',
    ['Itching rash in the elbow creases and on the neck, sleeps badly.', 'Atopic dermatitis, moderate flare.', 'Steroid cream once a day for two weeks, then weekends. Moisturiser twice a day; picture again in six weeks.'],
    ['Itches less, sleeps well.', 'Atopic dermatitis, improving.', 'Cream at weekends only. Continue the moisturiser.'],
    ['Two short flares, treated early.', 'Atopic dermatitis, quiet.', 'Moisturiser daily, cream at the first sign of a flare.']),
  psoriasis: story(
    'Scaly patches on elbows and knees', 'Psoriasis review',
    ['Scaly patches on elbows, knees and scalp. Joints do not hurt.', 'Plaque psoriasis, mild to moderate.', 'Gel once a day for four weeks. Avoid scratching; review in six weeks with pictures.'],
    ['Patches are thinner, less scale.', 'Psoriasis, improving.', 'Continue twice a week. Ask about joints at each visit.'],
    ['Only the elbows are left.', 'Psoriasis, stable.', 'Gel twice a week on the elbows; review in four months.']),
  reflux: story(
    'Heartburn after meals', 'Stomach review',
    ['Heartburn after meals and at night. Swallows well, no weight loss.', 'Reflux disease without alarm signs.', 'Omeprazole for eight weeks, no late meals, head of the bed raised.'],
    ['Heartburn once a week.', 'Reflux, improving.', 'Continue to the end of the eight weeks, then when needed.'],
    ['Hardly any heartburn.', 'Reflux, controlled.', 'Lowest dose that works; review in six months.']),
  migraine: story(
    'Strong headaches with light sensitivity', 'Headache review',
    ['Throbbing headache on one side, twice a month, with nausea; light hurts. Neurology unremarkable.', 'Migraine without aura.', 'Tablet at the start of an attack, headache diary, regular sleep.'],
    ['The tablet helps within an hour. Three attacks in two months.', 'Migraine, treatment works.', 'Continue, keep the diary.'],
    ['One attack in two months.', 'Migraine, rare attacks.', 'Continue as before.']),
  fibrillation: story(
    'Irregular heartbeat', 'Heart rhythm review',
    ['Palpitations and less breath on stairs for two weeks.', 'Atrial fibrillation with fast rate.', 'Anticoagulant twice a day and a beta blocker. Signs of bleeding explained. Echocardiography arranged; review in four weeks.'],
    ['Palpitations are rare, no bleeding.', 'Atrial fibrillation, rate improving.', 'Continue both. Kidney values in three months.'],
    ['Walks for an hour without trouble. No bleeding.', 'Atrial fibrillation, rate controlled, anticoagulated.', 'Continue unchanged; review in three months.']),
  anaemia: story(
    'Tired and pale', 'Iron review',
    ['Tired, pale, short of breath on stairs. Heavy periods.', 'Iron deficiency anaemia (Hb 96 g/L, ferritin 6 µg/L).', 'Iron by mouth every day, gynaecology appointment. Blood count in six weeks.'],
    ['More energy, tolerates the iron.', 'Anaemia, improving (Hb 112 g/L).', 'Continue for three months.'],
    ['Feels well.', 'Iron deficiency, corrected (Hb 128 g/L).', 'Continue until the ferritin is above 50 µg/L.']),
  lipids: story(
    'High cholesterol', 'Cholesterol review',
    ['No complaints. Father had a heart attack at 60.', 'Hyperlipidaemia (LDL 4.6 mmol/L), raised risk.', 'Statin in the evening, Mediterranean diet. Lipids and liver values in two months.'],
    ['No muscle pain.', 'LDL 2.9 mmol/L, improving.', 'Continue.'],
    ['No complaints.', 'LDL 2.3 mmol/L, at target.', 'Continue unchanged; lipids once a year.']),
  checkUp: story(
    'Check-up', 'Check-up',
    ['No complaints.', 'Healthy.', 'Vaccinations are up to date. Next check-up in a year.'],
    ['Had a cold, now gone.', 'Healthy.', 'No treatment needed.'],
    ['No complaints.', 'Healthy.', 'Next check-up in a year.']),
} // prettier-ignore

const chinese: Stories = {
  hypertension: story(
    '家中自测血压偏高', '高血压复诊',
    ['晨起头痛，家中自测血压偏高数周。无胸痛，无气促。', '原发性高血压，初次诊断。', '每日早晨服药。低盐饮食，每天步行半小时。每周在家测两次血压，两个月后复诊。'],
    ['感觉良好，头痛减少。按时服药，无踝部水肿。', '高血压，治疗后好转，尚未达标。', '继续用药，继续家测血压，两个月后复诊。'],
    ['无不适，家测血压多低于 135/85。', '高血压，控制良好。', '维持原方案。每年查肾功能和血钾，三个月后复诊。']),
  diabetes: story(
    '体检发现血糖升高', '糖尿病复诊',
    ['口渴、乏力数月，体重增加。足部无麻木。', '2型糖尿病，初次诊断。', '开始二甲双胍，随餐服用。已给予饮食指导和血糖仪，安排眼底检查，两个月后复诊。'],
    ['口渴减轻，体重下降。首周胃部不适，现已消失。', '2型糖尿病，好转。', '继续用药，加用第二种药。餐后散步，两个月后复诊。'],
    ['感觉良好，无低血糖。每日检查双足。', '2型糖尿病，已达标。', '维持原方案。三个月后查糖化血红蛋白，每年查眼底。']),
  thyroid: story(
    '乏力、怕冷', '甲状腺复诊',
    ['乏力、怕冷、体重增加，皮肤干燥。', '甲状腺功能减退症，初次诊断（TSH 14 mU/L）。', '每日早餐前服左甲状腺素，六周后查TSH。'],
    ['精力好转，仍稍怕冷。', '甲减，好转（TSH 5.8 mU/L）。', '调整至目前剂量，两个月后查TSH。'],
    ['感觉良好。', '甲减，替代充分（TSH 2.1 mU/L）。', '维持原方案，每年查TSH。']),
  eczema: story(
    '肘窝皮疹瘙痒', '皮肤复诊',
    ['肘窝、颈部皮疹瘙痒，影响睡眠。', '特应性皮炎，中度发作。', '激素乳膏每日一次，连用两周，之后周末使用。保湿霜每日两次，六周后再拍照。'],
    ['瘙痒减轻，睡眠好转。', '特应性皮炎，好转。', '仅周末用药，继续保湿。'],
    ['两次短暂发作，及时处理。', '特应性皮炎，稳定。', '每日保湿，发作初期即用药。']),
  reflux: story(
    '餐后烧心', '胃部复诊',
    ['餐后及夜间烧心。吞咽正常，体重无下降。', '胃食管反流病，无报警症状。', '奥美拉唑八周，晚餐不宜过晚，抬高床头。'],
    ['烧心每周一次。', '反流，好转。', '用满八周，之后按需服用。'],
    ['几乎无烧心。', '反流，已控制。', '维持最低有效剂量，六个月后复诊。']),
  checkUp: story(
    '体检', '体检',
    ['无不适。', '健康。', '疫苗接种齐全，一年后体检。'],
    ['曾感冒，已愈。', '健康。', '无需治疗。'],
    ['无不适。', '健康。', '一年后体检。']),
} // prettier-ignore
