import type { DemoInfo } from '../identity/index.ts'
import { displayNameOf } from '../records/fold.ts'
import { demoPassword, doctors, patients, staff } from './cast.ts'

/** Whom the sign-in page offers: one of each role first. */
export function accounts(): DemoInfo['accounts'] {
  const people = [
    ...doctors.map(({ displayName, email }) => ({ role: 'practitioner' as const, displayName, email })),
    ...staff,
    ...patients.flatMap((patient) =>
      patient.email
        ? [
            {
              role: 'patient' as const,
              displayName: displayNameOf(patient.family, patient.given),
              email: patient.email,
            },
          ]
        : [],
    ),
  ]
  const firsts = people.filter(({ role }, n) => people.findIndex((other) => other.role === role) === n)
  const others = people.filter((person) => !firsts.includes(person))
  return [...firsts, ...others].map((person) => ({ ...person, password: demoPassword }))
}
