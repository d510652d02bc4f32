import { createHmac } from 'node:crypto'
import type { z } from 'zod'
import type { openLink, readJoinLink, verifyLink } from '#shared/consult.ts'
import { DomainError } from '#shared/errors.ts'
import { RecordId } from '#shared/ids.ts'
import type { AppointmentId } from '#shared/ids.ts'
import { dayMs, hourMs } from '#shared/time.ts'
import { newToken, sha256Hex } from '#server/platform/crypto.ts'
import { isUniqueViolation } from '#server/platform/db.ts'
import type { Tx } from '#server/platform/db.ts'
import type { Context } from '#server/platform/context.ts'
import type { HttpContext } from '#server/platform/http.ts'
import { newId } from '#server/platform/ids.ts'
import type { ConsultRow, JoinLinkRow } from './consult.entity.ts'
import { findConsultOf } from './consults.store.ts'
import { ensureConsult } from './entry.ts'
import { notFound, wrongBirthDate } from './errors.ts'
import { afterFailure, linkWindow, mustBeUsable, mustNotBeLocked } from './link.policy.ts'
import * as store from './links.store.ts'
import type { AppointmentFacts, ConsultNeeds } from './needs.ts'
import { clinicOf } from './present.ts'
import { roleIn } from './policy.ts'

export type Links = {
  read(ctx: Context, appointmentId: AppointmentId): Promise<z.input<typeof readJoinLink.reply>>
  /** The address for a letter to the patient; the caller has already judged who reads it. Needs a write. */
  addressOf: (tx: Tx, appointmentId: AppointmentId) => Promise<string>
  revoke(ctx: Context, appointmentId: AppointmentId): Promise<void>
  open(ctx: HttpContext, token: string): Promise<z.input<typeof openLink.reply>>
  verify(ctx: HttpContext, token: string, birthDate: string): Promise<z.input<typeof verifyLink.reply>>
}

/** A call may run longer than booked; the guest's session must not end it. */
const sessionAfterWindowMs = 2 * hourMs
const deviceCookieMs = 30 * dayMs
const deviceShape = /^[A-Za-z0-9_-]{43}$/

export function createLinks(needs: ConsultNeeds): Links {
  const { db, clock, audit, appointments, charts, identity } = needs
  const deviceCookie = needs.secureCookies ? '__Host-bedside-device' : 'bedside-device'

  /** The same token for the same link, every time: nothing secret needs to be kept. */
  function tokenOf({ id, generation }: Pick<JoinLinkRow, 'id' | 'generation'>): string {
    return createHmac('sha256', needs.linkKey).update(`${id}:${generation}`).digest('base64url')
  }

  function addressFor(link: JoinLinkRow): string {
    return `${needs.publicUrl()}/join/${tokenOf(link)}`
  }

  async function visitFor(tx: Tx, ctx: Context, id: AppointmentId): Promise<AppointmentFacts> {
    const { actor } = ctx
    const visit = await appointments.find(tx, id)
    // Who may know of the visit may hand its link out. A guest has come by one already.
    if (!visit || actor.kind !== 'user' || !(await appointments.maySee(tx, actor, visit))) throw notFound()
    return visit
  }

  async function ensureLink(tx: Tx, appointmentId: AppointmentId): Promise<JoinLinkRow> {
    const newest = await store.newestLinkOf(tx, appointmentId)
    if (newest && newest.revokedAt === null) return newest
    const place = { id: newId(RecordId, clock), generation: (newest?.generation ?? 0) + 1 }
    const link: JoinLinkRow = {
      ...place,
      appointmentId,
      tokenHash: sha256Hex(tokenOf(place)),
      createdAt: clock.now(),
      revokedAt: null,
      deviceHash: null,
      boundAt: null,
      failures: 0,
      lockedUntil: null,
    }
    await store.insertLink(tx, link)
    return link
  }

  /** The link and its visit, if it may be used now. */
  async function usable(
    tx: Tx,
    token: string,
    find: typeof store.findLinkByHash,
  ): Promise<{ link: JoinLinkRow; visit: AppointmentFacts }> {
    const link = await find(tx, sha256Hex(token))
    const visit = link && (await appointments.find(tx, link.appointmentId))
    if (!link || !visit) throw notFound()
    mustBeUsable(link, visit, clock.now())
    return { link, visit }
  }

  async function patientOf(tx: Tx, visit: AppointmentFacts) {
    const patient = await charts.describePatient(tx, visit.patientId)
    if (!patient) throw notFound()
    return patient
  }

  function deviceOf(ctx: HttpContext): string | null {
    const device = ctx.cookie(deviceCookie)
    return device !== null && deviceShape.test(device) ? device : null
  }

  function boundElsewhere(ctx: HttpContext, { deviceHash }: JoinLinkRow): boolean {
    const device = deviceOf(ctx)
    return deviceHash !== null && (device === null || sha256Hex(device) !== deviceHash)
  }

  const entity = (link: JoinLinkRow) => ({ kind: 'join_link', id: link.id })
  /** Who comes by a link has no organization yet: it is done at the clinic of the visit. */
  const traceOf = (action: string, link: JoinLinkRow, { patientId, organizationId }: AppointmentFacts) => ({
    action,
    patientId,
    organizationId,
    entity: entity(link),
  })

  return {
    addressOf: async (tx, appointmentId) => addressFor(await ensureLink(tx, appointmentId)),
    async read(ctx, appointmentId) {
      const make = () =>
        db.write(async (tx) => {
          const visit = await visitFor(tx, ctx, appointmentId)
          if (visit.status === 'cancelled') throw new DomainError('appointment_cancelled')
          const link = await ensureLink(tx, appointmentId)
          audit.append(tx, ctx, {
            action: 'join_link.read',
            patientId: visit.patientId,
            entity: entity(link),
          })
          return { url: addressFor(link), ...linkWindow(visit) }
        })
      try {
        return await make()
      } catch (error) {
        // Two people asked for the first link at once: the other's is there now.
        if (isUniqueViolation(error)) return make()
        throw error
      }
    },

    async revoke(ctx, appointmentId) {
      const visit = await db.read((tx) => visitFor(tx, ctx, appointmentId))
      await db.write(async (tx) => {
        // First of all, because it waits for whoever is giving the birth date just now: what is read after it, such as
        // the consult that they brought about, is read as they left it.
        await store.revokeLinksOf(tx, appointmentId, clock.now())
        const consult = await findConsultOf(tx, appointmentId)
        if (consult) await identity.endGuestSessions(tx, consult.id)
        audit.append(tx, ctx, {
          action: 'join_link.revoke',
          patientId: visit.patientId,
          entity: { kind: 'appointment', id: appointmentId },
        })
      })
    },

    async open(ctx, token) {
      const { link, visit, clinic, locale, consult } = await db.read(async (tx) => {
        const found = await usable(tx, token, store.findLinkByHash)
        const clinic = await clinicOf(tx, identity, found.visit)
        const { locale } = await patientOf(tx, found.visit)
        return { ...found, clinic, locale, consult: await findConsultOf(tx, found.visit.id) }
      })
      const verified = isOwner(ctx, visit, consult)
      if (!verified && boundElsewhere(ctx, link)) {
        await audit.record(ctx, { ...traceOf('join_link.open', link, visit), outcome: 'refused' })
        throw new DomainError('link_on_other_device')
      }
      return {
        organizationName: clinic.organizationName,
        organizationTelecom: clinic.organizationTelecom,
        practitionerName: clinic.practitionerName,
        specialty: clinic.specialty,
        startsAt: visit.startsAt,
        endsAt: visit.endsAt,
        zone: visit.zone,
        locale,
        verified,
        consultId: verified
          ? (consult ?? (await db.write((tx) => ensureConsult(tx, clock, visit)))).id
          : null,
      }
    },

    async verify(ctx, token, birthDate) {
      // Refusals are kept, so they are returned out of the transaction and thrown after its commit.
      const outcome = await db.write(async (tx) => {
        const { link, visit } = await usable(tx, token, store.lockLinkByHash)
        const trace = traceOf('join_link.verify', link, visit)
        const refuse = (refusal: DomainError) => {
          audit.append(tx, ctx, { ...trace, outcome: 'refused' })
          return { refusal }
        }
        if (boundElsewhere(ctx, link)) return refuse(new DomainError('link_on_other_device'))
        mustNotBeLocked(link, clock.now())
        const patient = await patientOf(tx, visit)
        if (patient.birthDate !== birthDate) {
          const { attemptsLeft, ...attempts } = afterFailure(link, clock.now())
          await store.saveAttempts(tx, link.id, attempts)
          return refuse(wrongBirthDate(attemptsLeft))
        }
        const device = deviceOf(ctx) ?? newToken()
        if (!(await store.bindDevice(tx, link.id, sha256Hex(device), clock.now())))
          return refuse(new DomainError('link_on_other_device'))
        await store.saveAttempts(tx, link.id, { failures: 0, lockedUntil: null })
        const consult = await ensureConsult(tx, clock, visit)
        await identity.createGuestSession(ctx, tx, {
          patientId: visit.patientId,
          organizationId: visit.organizationId,
          consultId: consult.id,
          expiresAt: linkWindow(visit).expiresAt + sessionAfterWindowMs,
        })
        audit.append(tx, ctx, trace)
        return { consultId: consult.id, displayName: patient.displayName, device }
      })
      if ('refusal' in outcome) throw outcome.refusal
      ctx.setCookie(deviceCookie, outcome.device, {
        secure: needs.secureCookies,
        sameSite: 'Lax',
        maxAgeMs: deviceCookieMs,
      })
      return { consultId: outcome.consultId, displayName: outcome.displayName }
    },
  }
}

/** Somebody whose session already proves that the visit is theirs: the guest of this device, or the patient's account. */
function isOwner(ctx: Context, visit: AppointmentFacts, consult: ConsultRow | null): boolean {
  const { actor } = ctx
  if (actor.kind === 'guest') return consult !== null && roleIn(actor, consult) === 'patient'
  return actor.kind === 'user' && actor.role === 'patient' && actor.patientId === visit.patientId
}
