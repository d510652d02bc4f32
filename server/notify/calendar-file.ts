import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Instant } from '#shared/time.ts'
import type { Letter, Occasion, Visit } from './letter.ts'

/**
 * The visit for the patient's calendar (RFC 5545): instants in UTC, one UID for the appointment's life, a SEQUENCE that
 * rises with each change, so that a moved visit moves instead of appearing twice.
 */
export function calendarFile(
  occasion: Occasion,
  visit: Visit,
  letter: Letter,
  now: Instant,
): { method: string; content: string } {
  const cancelled = occasion === 'cancelled'
  const method = cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST
  const calendar = ical({ prodId: { company: 'Bedside', product: 'Bedside' }, method })
  calendar.createEvent({
    id: `${visit.appointmentId}@bedside`,
    sequence: visit.version,
    stamp: new Date(now),
    start: new Date(visit.startsAt),
    end: new Date(visit.endsAt),
    summary: letter.eventTitle,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(cancelled ? {} : { url: visit.joinUrl }),
  })
  return { method, content: calendar.toString() }
}
