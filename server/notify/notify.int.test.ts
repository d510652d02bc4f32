import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { SMTPServer } from 'smtp-server'
import { AppointmentId } from '#shared/ids.ts'
import { systemClock } from '#server/platform/clock.ts'
import type { DomainEvent, Outbox } from '#server/platform/outbox.ts'
import { newId } from '#server/platform/ids.ts'
import { createNotify } from './index.ts'
import type { Visit } from './index.ts'

const appointmentId = newId(AppointmentId, systemClock)
const visit: Visit = {
  appointmentId,
  version: 3,
  cancelled: false,
  startsAt: Date.UTC(2027, 2, 28, 0, 45),
  endsAt: Date.UTC(2027, 2, 28, 1, 0),
  zone: 'Europe/Berlin',
  organizationName: 'Riverside Clinic',
  organizationTelecom: '+49 30 5550100',
  practitionerName: 'Dr. Ada Brandt',
  patientName: 'Jonas Weber',
  patientEmail: 'jonas@example.org',
  locale: 'en',
  joinUrl: 'https://bedside.example/join/abc',
}

describe('letters to patients', () => {
  const mails: { to: string[]; source: string }[] = []
  const handlers = new Map<string, (event: DomainEvent) => Promise<void>>()
  const outbox: Pick<Outbox, 'on'> = { on: (name, _receiver, handler) => void handlers.set(name, handler) }
  let smtp: SMTPServer
  let notify: { close(): void }
  let present: Visit | null = visit

  before(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, done) => {
        void text(stream).then((source) => {
          mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), source })
          done()
        }, done)
      },
    })
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
    const { port } = smtp.server.address() as AddressInfo
    notify = createNotify({
      outbox: outbox as Outbox,
      clock: systemClock,
      log: pino({ level: 'silent' }),
      smtpUrl: `smtp://127.0.0.1:${port}`,
      from: 'Bedside <visits@clinic.example>',
      visitOf: async () => present,
    })
  })
  after(async () => {
    notify.close()
    await new Promise<void>((resolve) => smtp.close(resolve))
  })
  beforeEach(() => {
    mails.length = 0
    present = visit
  })

  const happens = (name: string) => handlers.get(name)?.({ name, appointmentId })

  it('tell a booked patient when, with whom and how to join, with a calendar file in UTC', async () => {
    await happens('appointment.booked')
    const [mail] = mails
    assert.ok(mail)
    assert.deepEqual(mail.to, ['jonas@example.org'])
    const source = partsOf(mail.source).join('\n')
    // 00:45 UTC is 01:45 in Berlin, a quarter of an hour before the clocks go forward.
    assert.match(source, /01:45/)
    assert.match(source, /https:\/\/bedside\.example\/join\/abc/)
    const calendar = partsOf(mail.source).join('\n')
    assert.match(calendar, /DTSTART:20270328T004500Z/)
    assert.match(calendar, new RegExp(`UID:${appointmentId}@bedside`))
    assert.match(calendar, /SEQUENCE:3/)
  })

  it('are written in the language of the patient', async () => {
    present = { ...visit, cancelled: true, locale: 'zh-CN', zone: 'Asia/Shanghai', patientName: '王芳' }
    await happens('appointment.cancelled')
    const [mail] = mails
    assert.ok(mail)
    assert.match(partsOf(mail.source).join('\n'), /已取消/)
    assert.match(mail.source, /METHOD:CANCEL|method=CANCEL/i)
  })

  it('are not written to a patient without an address, nor for an appointment that is gone', async () => {
    present = { ...visit, patientEmail: null }
    await happens('appointment.booked')
    present = null
    await happens('appointment.booked')
    assert.equal(mails.length, 0)
  })

  it('do not invite to a visit that was cancelled while they waited', async () => {
    present = { ...visit, cancelled: true, joinUrl: '' }
    await happens('appointment.booked')
    await happens('appointment.rescheduled')
    assert.equal(mails.length, 0)
    await happens('appointment.cancelled')
    assert.equal(mails.length, 1)
  })

  it('fail loudly when the mail server is away, so that the outbox tries again', async () => {
    const lost = new Map<string, (event: DomainEvent) => Promise<void>>()
    const on: Outbox['on'] = (name, _receiver, handler) => void lost.set(name, handler)
    const away = createNotify({
      outbox: { on } as Outbox,
      clock: systemClock,
      log: pino({ level: 'silent' }),
      smtpUrl: 'smtp://127.0.0.1:9',
      from: 'Bedside <visits@clinic.example>',
      visitOf: async () => visit,
    })
    await assert.rejects(async () =>
      lost.get('appointment.booked')?.({ name: 'appointment.booked', appointmentId }),
    )
    away.close()
  })
})

/** The readable parts of a MIME message (RFC 2045), decoded. */
function partsOf(source: string): string[] {
  return source.split(/\r\n--[-\w]+(?:--)?\r\n/).map((part) => {
    const [head = '', ...rest] = part.split('\r\n\r\n')
    const body = rest.join('\r\n\r\n')
    if (/encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8')
    if (!/encoding: quoted-printable/i.test(head)) return body
    const bytes = body
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    return Buffer.from(bytes, 'latin1').toString('utf8')
  })
}
