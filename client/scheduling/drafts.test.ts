import { deepEqual } from 'node:assert/strict'
import { missingIn } from './draft.ts'
import { namesFrom, problemsOf } from './new-patient.ts'

describe('A booking that is being put together', () => {
  it('says what it still lacks, in the order of the form', () => {
    const empty = {
      patient: null,
      practitionerId: null,
      day: '2026-11-24',
      startsAt: null,
      minutes: 20,
      reason: ' ',
    }
    deepEqual(missingIn(empty), ['patient', 'practitionerId', 'startsAt', 'reason'])
    deepEqual(missingIn({ ...empty, startsAt: 0, reason: 'Cough' }), ['patient', 'practitionerId'])
  })
})

describe('Somebody new', () => {
  const person = {
    family: 'Muster',
    given: 'Erika',
    birthDate: '1961-08-12',
    gender: 'female',
    phone: '',
    email: '',
    locale: 'en' as const,
  }

  it('needs a name, a date of birth that has been, and a gender', () => {
    deepEqual(problemsOf(person, '2026-11-24'), [])
    deepEqual(problemsOf({ ...person, family: ' ', given: '', birthDate: '', gender: '' }, '2026-11-24'), [
      'family',
      'given',
      'birthDate',
      'gender',
    ])
    deepEqual(problemsOf({ ...person, birthDate: '2026-11-24' }, '2026-11-24'), [])
    deepEqual(problemsOf({ ...person, birthDate: '2026-11-25' }, '2026-11-24'), ['birthDate'])
    deepEqual(problemsOf({ ...person, birthDate: '0061-08-12' }, '2026-11-24'), ['birthDate'])
  })

  it('may leave out the email, but not mistype it', () => {
    deepEqual(problemsOf({ ...person, email: 'erika@example' }, '2026-11-24'), ['email'])
    deepEqual(problemsOf({ ...person, email: ' erika@example.org ' }, '2026-11-24'), [])
  })

  it('gets the names that were searched for, in the order of their language', () => {
    deepEqual(namesFrom('Erika Muster'), { family: 'Muster', given: 'Erika' })
    deepEqual(namesFrom('Thi Minh Khai Nguyen'), { family: 'Nguyen', given: 'Thi Minh Khai' })
    deepEqual(namesFrom('王秀英'), { family: '王', given: '秀英' })
    deepEqual(namesFrom('muster'), { family: 'muster', given: '' })
    deepEqual(namesFrom('+49 170 1234'), { family: '', given: '' })
    deepEqual(namesFrom(' '), { family: '', given: '' })
  })
})
