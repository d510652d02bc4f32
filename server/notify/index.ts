import nodemailer from 'nodemailer'
import type { Logger } from 'pino'
import type { AppointmentId } from '#shared/ids.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { DomainEvent, Outbox } from '#server/platform/outbox.ts'
import { calendarFile } from './calendar-file.ts'
import { writeLetter } from './letter.ts'
import type { Occasion, Visit } from './letter.ts'

export type { Visit } from './letter.ts'

export type NotifyNeeds = {
  outbox: Outbox
  clock: Clock
  log: Logger
  /** smtp:// or smtps:// address of the clinic's mail server. */
  smtpUrl: string
  /** The sender as people see it, such as `Bedside <visits@clinic.example>`. */
  from: string
  /** What a letter may tell about an appointment; null when it is gone. */
  visitOf: (appointmentId: AppointmentId) => Promise<Visit | null>
}

const receiver = { as: 'letters' }

const occasions: Record<string, Occasion> = {
  'appointment.booked': 'booked',
  'appointment.rescheduled': 'rescheduled',
  'appointment.cancelled': 'cancelled',
}

/** For a clinic without a mail server: what would be told in letters is settled without. */
export function writeNoLetters(outbox: Pick<Outbox, 'on'>): void {
  for (const name of Object.keys(occasions)) outbox.on(name, receiver, () => Promise.resolve())
}

/**
 * Writes to patients when their visits are booked, moved or cancelled. The outbox delivers at least once and tries a
 * failed letter again; the Message-ID is the same for the same change, so mail programs show a repeated one once.
 */
export function createNotify({ outbox, clock, log, smtpUrl, from, visitOf }: NotifyNeeds): { close(): void } {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 10_000,
  })

  async function send(occasion: Occasion, event: DomainEvent): Promise<void> {
    const appointmentId = event['appointmentId'] as AppointmentId
    const visit = await visitOf(appointmentId)
    if (!visit?.patientEmail) return
    // Letters may overtake each other: after the one that cancels, none may invite.
    if (visit.cancelled && occasion !== 'cancelled') return
    const letter = writeLetter(occasion, visit)
    const { method, content } = calendarFile(occasion, visit, letter, clock.now())
    await transport.sendMail({
      from,
      to: { name: visit.patientName, address: visit.patientEmail },
      messageId: `<${occasion}-${visit.appointmentId}-${visit.version}@bedside>`,
      subject: letter.subject,
      text: letter.body,
      icalEvent: { method, content, filename: 'visit.ics' },
    })
    log.info({ occasion, appointmentId }, 'letter sent')
  }

  for (const [name, occasion] of Object.entries(occasions))
    outbox.on(name, receiver, (event) => send(occasion, event))
  return { close: () => transport.close() }
}
