import type { Locale } from '#shared/identity.ts'
import type { AllergyName, IllnessName } from './illnesses.ts'

/** The people of the demo clinic. All are invented; addresses end in .example, which nobody can own. */

export const demoPassword = 'Harbour-Lantern-42-Willow'
const address = (name: string): string => `${name}@demo.bedside.example`

export const hospital = { name: 'Harbourview Hospital', telecom: '+65 6555 0100', address: '1 Harbour Road' }
export const clinics = [
  { name: 'Harbourview Clinic East', telecom: '+65 6555 0110', address: '20 Lantern Street' },
  { name: 'Harbourview Clinic West', telecom: '+65 6555 0120', address: '8 Willow Lane' },
] as const

export const staff = [
  { role: 'scheduler', displayName: 'Grace Tan', email: address('scheduler') },
  { role: 'administrator', displayName: 'Peter Nolan', email: address('admin') },
] as const

export type DemoDoctor = {
  displayName: string
  email: string
  specialty: string
  clinic: 0 | 1
  locale: Locale
}
export const doctors: readonly DemoDoctor[] = [
  { displayName: 'Dr. Anna Keller', email: address('doctor'), specialty: 'General practice', clinic: 0, locale: 'en' },
  { displayName: 'Dr. Daniel Okafor', email: address('doctor.okafor'), specialty: 'Cardiology', clinic: 0, locale: 'en' },
  { displayName: '赵文博医生', email: address('doctor.zhao'), specialty: '内分泌科 Endocrinology', clinic: 1, locale: 'zh-CN' },
  { displayName: 'Dr. Sofia Lindqvist', email: address('doctor.lindqvist'), specialty: 'Dermatology', clinic: 1, locale: 'en' },
] // prettier-ignore

export type DemoPatient = {
  family: string
  given: string
  gender: 'male' | 'female'
  birthDate: string
  locale: Locale
  /** Index into `doctors`: who looks after them. */
  doctor: number
  illnesses: readonly IllnessName[]
  allergies: readonly AllergyName[]
  /** Only some have an account; the others come by link. */
  email?: string
}

const by = (doctor: number) =>
  (given: string, family: string, gender: 'male' | 'female', birthDate: string, illnesses: IllnessName[] = [], allergies: AllergyName[] = []): DemoPatient =>
    ({ given, family, gender, birthDate, locale: /\p{Script=Han}/u.test(family) ? 'zh-CN' : 'en', doctor, illnesses, allergies }) // prettier-ignore
const keller = by(0)
const okafor = by(1)
const zhao = by(2)
const lindqvist = by(3)

/** The first of each doctor is the one whose visit is due now. */
export const patients: readonly DemoPatient[] = [
  { ...keller('Margaret', 'Ellis', 'female', '1958-03-14', ['hypertension', 'lipids'], ['penicillin']), email: address('patient') },
  keller('Thomas', 'Brandt', 'male', '1971-11-02', ['reflux']),
  keller('Aisha', 'Rahman', 'female', '1989-06-21', ['asthma'], ['dustMite']),
  keller('James', 'Whitfield', 'male', '1949-01-30', ['hypertension', 'gout'], ['sulfonamide']),
  keller('Priya', 'Nair', 'female', '1994-09-08', ['migraine']),
  keller('Lucas', 'Ferreira', 'male', '1983-04-17', ['diabetes', 'lipids']),
  keller('静', '林', 'female', '1976-12-05', ['hypertension'], ['penicillin']),
  keller('Hannah', 'Goldberg', 'female', '1997-02-26', ['anaemia']),
  keller('Samuel', 'Osei', 'male', '1965-07-19', ['asthma', 'hypertension'], ['aspirin']),
  keller('国强', '陈', 'male', '1962-05-11', ['reflux', 'lipids']),
  keller('Emily', 'Novak', 'female', '2001-10-30', [], ['peanut']),
  keller('Rajesh', 'Kumar', 'male', '1978-08-23', ['hypertension', 'diabetes']),

  okafor('George', 'Papadakis', 'male', '1951-05-27', ['fibrillation', 'hypertension']),
  okafor('Helen', 'Murray', 'female', '1947-09-12', ['fibrillation'], ['latex']),
  okafor('Victor', 'Almeida', 'male', '1959-02-03', ['hypertension', 'lipids'], ['penicillin']),
  okafor('秀英', '李', 'female', '1953-10-16', ['hypertension', 'lipids']),
  okafor('Martin', 'Schulz', 'male', '1968-12-22', ['hypertension']),
  okafor('Fatima', 'El-Sayed', 'female', '1972-03-09', ['fibrillation', 'thyroid']),
  okafor('Robert', 'Kowalski', 'male', '1956-06-14', ['hypertension', 'gout']),
  okafor('建华', '刘', 'male', '1961-01-25', ['hypertension', 'diabetes']),
  okafor('Catherine', 'Dubois', 'female', '1964-11-18', ['lipids']),
  okafor('Alan', 'Price', 'male', '1974-07-07', ['hypertension'], ['aspirin']),
  okafor('Ingrid', 'Haugen', 'female', '1950-04-29', ['fibrillation', 'hypertension']),

  { ...zhao('伟', '张', 'male', '1966-08-08', ['diabetes', 'hypertension'], ['penicillin']), email: address('patient.zhang') },
  zhao('丽娟', '王', 'female', '1979-02-14', ['thyroid']),
  zhao('小明', '李', 'male', '1985-05-20', ['diabetes']),
  zhao('桂兰', '黄', 'female', '1955-11-11', ['diabetes', 'lipids'], ['sulfonamide']),
  zhao('志远', '周', 'male', '1970-09-03', ['diabetes']),
  zhao('雪梅', '吴', 'female', '1991-12-24', ['thyroid'], ['dustMite']),
  zhao('Daniel', 'Lim', 'male', '1963-03-31', ['diabetes', 'hypertension']),
  zhao('海燕', '徐', 'female', '1982-06-06', ['thyroid', 'anaemia']),
  zhao('明辉', '孙', 'male', '1958-10-01', ['diabetes', 'gout']),
  zhao('Nurul', 'Aziz', 'female', '1987-01-15', ['thyroid']),
  zhao('晓东', '马', 'male', '1975-07-28', ['diabetes', 'reflux'], ['aspirin']),

  lindqvist('Oliver', 'Bennett', 'male', '1992-04-04', ['eczema'], ['dustMite', 'latex']),
  lindqvist('Sara', 'Johansson', 'female', '1986-10-10', ['psoriasis']),
  lindqvist('慧', '郑', 'female', '1998-08-18', ['eczema'], ['peanut']),
  lindqvist('Michael', "O'Connor", 'male', '1969-01-05', ['psoriasis', 'hypertension']),
  lindqvist('Zoë', 'Müller', 'female', '2000-05-13', ['eczema']),
  lindqvist('Anthony', 'Rossi', 'male', '1977-12-12', ['psoriasis']),
  lindqvist('雅婷', '许', 'female', '1993-03-03', ['eczema', 'asthma']),
  lindqvist('Grace', 'Mensah', 'female', '1981-09-29', ['psoriasis'], ['penicillin']),
  lindqvist('Noah', 'Fischer', 'male', '1996-06-16', ['eczema']),
  lindqvist('Leila', 'Haddad', 'female', '1984-02-20', [], ['latex']),
] // prettier-ignore
