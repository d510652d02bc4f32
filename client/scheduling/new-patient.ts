import type { Locale } from '#shared/identity.ts'
import type { CalendarDate } from '#shared/time.ts'

/** What is typed into the form for somebody new. */
export interface NewPatient {
  readonly family: string
  readonly given: string
  readonly birthDate: string
  readonly gender: string
  readonly phone: string
  readonly email: string
  readonly locale: Locale
}

export type Problem = 'family' | 'given' | 'birthDate' | 'gender' | 'email'

const earliestBirth = '1895-01-01'

/** Which fields must be put right before the patient can be added, in the order of the form. */
export function problemsOf(person: NewPatient, today: CalendarDate): Problem[] {
  const problems: Problem[] = []
  if (person.family.trim() === '') problems.push('family')
  if (person.given.trim() === '') problems.push('given')
  if (person.birthDate < earliestBirth || person.birthDate > today) problems.push('birthDate')
  if (person.gender === '') problems.push('gender')
  if (person.email.trim() !== '' && !/^\S+@\S+\.\S+$/.test(person.email.trim())) problems.push('email')
  return problems
}

/**
 * A first guess at the names from what was searched for: the family name stands last, or first in Chinese; digits are a
 * record number or a phone, not a name.
 */
export function namesFrom(typed: string): Pick<NewPatient, 'family' | 'given'> {
  const text = typed.trim()
  if (/\d/.test(text)) return { family: '', given: '' }
  if (/^\p{Script=Han}{2,4}$/u.test(text)) {
    const [family = '', ...given] = text
    return { family, given: given.join('') }
  }
  const words = text.split(/\s+/)
  return { family: words.at(-1) ?? '', given: words.slice(0, -1).join(' ') }
}
