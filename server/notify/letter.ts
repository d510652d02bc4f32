import type { AppointmentId } from '#shared/ids.ts'
import type { Locale } from '#shared/identity.ts'
import type { Instant } from '#shared/time.ts'
import en from './texts/en.json' with { type: 'json' }
import zhCN from './texts/zh-CN.json' with { type: 'json' }

export type Occasion = 'booked' | 'rescheduled' | 'cancelled'

/** What a letter may tell: when, with whom, how to join. Never why. */
export type Visit = {
  appointmentId: AppointmentId
  /** Rises with each change; the calendar's SEQUENCE. */
  version: number
  cancelled: boolean
  startsAt: Instant
  endsAt: Instant
  /** The clinic's zone; the letter names it. */
  zone: string
  organizationName: string
  organizationTelecom: string | null
  practitionerName: string
  patientName: string
  /** Null: nothing is sent. */
  patientEmail: string | null
  locale: Locale
  joinUrl: string
}

export type Letter = { subject: string; body: string; eventTitle: string }

const texts = { en, 'zh-CN': zhCN } satisfies Record<Locale, typeof en>

/** Writes the letter in the patient's language, with the time as the clinic's clock shows it. */
export function writeLetter(occasion: Occasion, visit: Visit): Letter {
  const words = texts[visit.locale]
  const at = new Date(visit.startsAt)
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(visit.locale, { timeZone: visit.zone, ...options }).format(at)
  const values: Record<string, string> = {
    name: visit.patientName,
    practitioner: visit.practitionerName,
    clinic: visit.organizationName,
    telecom: visit.organizationTelecom ?? '',
    day: format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    time: format({ hour: '2-digit', minute: '2-digit' }),
    zone: visit.zone,
    url: visit.joinUrl,
  }
  values['contact'] = fill(visit.organizationTelecom ? words.contact : words.contactWithoutPhone, values)
  const { subject, body } = words[occasion]
  return { subject: fill(subject, values), body: fill(body, values), eventTitle: fill(words.event, values) }
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`a letter's text asks for ${name}, which there is not`)
    return value
  })
}
