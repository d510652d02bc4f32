import type { Looks } from './portrait.ts'
import type { Language } from './words.ts'

/** Who plays in one language, how they look, and what they write. All of it is invented. */
export interface Cast {
  /** Index into the demo's doctors. */
  doctor: number
  doctorEmail: string
  doctorLooks: Looks
  patientLooks: Looks
  /** A doctor whom nobody has booked. */
  idleName: string
  idleEmail: string
  reason: string
  newPatient: { family: string; given: string }
  messages: { patient: string; doctor: string }
  note: { subjective: string; objective: string; assessment: string; plan: string }
  amendment: string
}

const atHome: Looks['wall'] = ['#efe6d8', '#c9b9a2']
const inPractice: Looks['wall'] = ['#e7edf0', '#b5c4cc']

export const casts: Record<Language, Cast> = {
  en: {
    doctor: 0,
    doctorEmail: 'doctor@demo.bedside.example',
    doctorLooks: {
      skin: '#e8bd9c',
      hair: '#5b3a29',
      longHair: true,
      clothes: '#2f6d76',
      coat: true,
      glasses: false,
      wall: inPractice,
    },
    patientLooks: {
      skin: '#e3b596',
      hair: '#b9b4ae',
      longHair: true,
      clothes: '#7d8fb0',
      coat: false,
      glasses: true,
      wall: atHome,
    },
    idleName: 'Dr. Ruth Amsel',
    idleEmail: 'ruth.amsel@demo.bedside.example',
    reason: 'Home blood pressure readings, dizzy in the morning',
    newPatient: { family: 'Sørensen', given: 'Maja' },
    messages: {
      patient: 'Good morning, I have written my readings down: 128/79 and 131/82.',
      doctor: 'Thank you, that helps. We will go through them together.',
    },
    note: {
      subjective:
        'Dizzy on standing up in the morning since about two weeks, no falls. Takes the tablets as agreed.',
      objective: 'Home readings 128/79 and 131/82 mmHg. Looks well, speaks in full sentences.',
      assessment: 'Blood pressure well controlled; mild orthostatic symptoms.',
      plan: 'Take the evening tablet after dinner. Drink a glass of water before getting up. Measure once a day for two weeks.',
    },
    amendment: 'Rang later to say that the dizziness has not come back.',
  },
  'zh-CN': {
    doctor: 2,
    doctorEmail: 'doctor.zhao@demo.bedside.example',
    doctorLooks: {
      skin: '#e0b38a',
      hair: '#22201f',
      longHair: false,
      clothes: '#3f5d86',
      coat: true,
      glasses: true,
      wall: inPractice,
    },
    patientLooks: {
      skin: '#dcae84',
      hair: '#4a4744',
      longHair: false,
      clothes: '#56705d',
      coat: false,
      glasses: false,
      wall: atHome,
    },
    idleName: '沈如月医生',
    idleEmail: 'shen.ruyue@demo.bedside.example',
    reason: '复查血糖，近一周早晨口干',
    newPatient: { family: '何', given: '雨桐' },
    messages: {
      patient: '医生您好，今早空腹血糖是 7.1。',
      doctor: '好的，谢谢，我们一会儿一起看。',
    },
    note: {
      subjective: '近一周晨起口干，无多尿，按医嘱服药。',
      objective: '自测空腹血糖 7.1 mmol/L。精神好，对答切题。',
      assessment: '2 型糖尿病，血糖控制尚可。',
      plan: '继续目前用药；晚餐主食减少三分之一；每周测两次空腹血糖并记录，四周后复诊。',
    },
    amendment: '患者来电告知口干已缓解。',
  },
}
