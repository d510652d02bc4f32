import type { z } from 'zod'
import type { ConsultView, DeviceCheck } from '#shared/consult.ts'
import { DomainError } from '#shared/errors.ts'
import type { ConsultId, ParticipantId } from '#shared/ids.ts'
import type { Context } from '#server/platform/context.ts'
import { newToken, sha256Hex } from '#server/platform/crypto.ts'
import type { Tx } from '#server/platform/db.ts'
import type { Announcements } from './announce.ts'
import { startWaiting, stopWaiting } from './call.state.ts'
import type { ConsultRow, ParticipantRow } from './consult.entity.ts'
import { callOf, columnsOfCall, findConsult, lockConsult, saveConsult } from './consults.store.ts'
import { notFound } from './errors.ts'
import type { ConsultNeeds } from './needs.ts'
import { lockParticipant, updateParticipant } from './participants.store.ts'
import { roleIn } from './policy.ts'
import { viewOf } from './present.ts'
import type { SnapshotRequestView } from './present.ts'
import type { Seat } from './seats.ts'

type View = z.input<typeof ConsultView>
export type Taken = {
  view: View
  resumeToken: string
  resumed: boolean
  seat: Omit<Seat, 'peer'>
  /** `resumeHash` of who had the seat before; null when it was empty. */
  formerHash: string | null
}

/** What participants do with their places; the rows behind the seats. */
export type Sitting = {
  /** With the resume token of a seat that is still kept it is the same seat, otherwise it is taken anew. */
  take(ctx: Context, consultId: ConsultId, resumeToken: string | null): Promise<Taken>
  /** The device check is done: into the queue. */
  wait(ctx: Context, seat: Seat, deviceCheck: DeviceCheck): Promise<View>
  sync(seat: Seat): Promise<View>
  /** On purpose: the place is given away. False when it was taken over meanwhile and is not this seat's to give. */
  leave(ctx: Context, seat: Seat): Promise<boolean>
  /** The socket is gone; the place is kept. False when it was taken over meanwhile. */
  dropped(seat: Seat): Promise<boolean>
  /** The socket is there after all, though the seat was thought empty. */
  present(seat: Seat): Promise<void>
  /** The server that held the socket has been silent since `seenAt`: the same, found out later. */
  silent(participant: ParticipantRow): Promise<void>
  /** Away for too long. True for the one caller that finds it so. */
  gone(participant: ParticipantRow): Promise<boolean>
}

export type SittingNeeds = ConsultNeeds & {
  announcements: Announcements
  /** From imaging, which lies above. */
  snapshotRequestOf(tx: Tx, consultId: ConsultId): Promise<SnapshotRequestView | null>
}

export function createSitting(needs: SittingNeeds): Sitting {
  const { db, clock, audit, appointments, announcements } = needs

  async function present(tx: Tx, consult: ConsultRow, self: ParticipantId): Promise<View> {
    return viewOf(tx, needs, consult, self, await needs.snapshotRequestOf(tx, consult.id))
  }

  /** Changes a seat that is as expected; true when it was. */
  function changePresence(
    consultId: ConsultId,
    role: ParticipantRow['role'],
    expected: ParticipantRow['presence'],
    changeOf: (row: ParticipantRow) => Partial<ParticipantRow> | null,
  ): Promise<boolean> {
    return db.write(async (tx) => {
      const consult = await lockConsult(tx, consultId)
      const row = await lockParticipant(tx, consultId, role)
      const change = row.presence === expected ? changeOf(row) : null
      if (!change) return false
      await updateParticipant(tx, row.id, change)
      if (change.presence === 'left') await saveWithout(tx, consult, role)
      else announcements.changed(tx, await saveConsult(tx, consult, {}))
      return true
    })
  }

  /** Saves the consult of somebody who has left. A patient's place in the queue goes with them. */
  async function saveWithout(tx: Tx, consult: ConsultRow, role: ParticipantRow['role']): Promise<void> {
    const call = callOf(consult)
    const next = role === 'patient' ? stopWaiting(call) : call
    if (next !== call) announcements.queueMoved(tx, consult.practitionerId)
    announcements.changed(tx, await saveConsult(tx, consult, next === call ? {} : columnsOfCall(next)))
  }

  return {
    take: (ctx, consultId, resumeToken) =>
      db.write(async (tx) => {
        const consult = await lockConsult(tx, consultId)
        const role = roleIn(ctx.actor, consult)
        if (!role) throw notFound()
        if (consult.state === 'ended') throw new DomainError('consult_ended')
        const { id: participantId, presence, resumeHash: kept } = await lockParticipant(tx, consultId, role)
        const resumed =
          resumeToken !== null && presence !== 'left' && kept !== null && sha256Hex(resumeToken) === kept
        const token = newToken()
        const resumeHash = sha256Hex(token)
        const now = clock.now()
        await updateParticipant(tx, participantId, {
          presence: 'online',
          presenceSince: now,
          seenAt: now,
          resumeHash,
        })
        if (!resumed)
          audit.append(tx, ctx, {
            action: 'consult.enter',
            patientId: consult.patientId,
            entity: { kind: 'consult', id: consultId },
          })
        const saved = await saveConsult(tx, consult, {})
        announcements.changed(tx, saved)
        return {
          view: await present(tx, saved, participantId),
          resumeToken: token,
          resumed,
          formerHash: kept,
          seat: {
            consultId,
            participantId,
            role,
            resumeHash,
            takenAt: saved.version,
            state: saved.state,
            version: saved.version,
          },
        }
      }),

    wait: (ctx, seat, deviceCheck) =>
      db.write(async (tx) => {
        const consult = await lockConsult(tx, seat.consultId)
        const call = callOf(consult)
        const next = startWaiting(call, clock.now())
        const checked = { deviceCheck: JSON.stringify(deviceCheck) }
        const saved = await saveConsult(
          tx,
          consult,
          next === call ? checked : { ...columnsOfCall(next), ...checked },
        )
        if (next !== call) {
          await appointments.arrive(tx, ctx, consult.appointmentId)
          audit.append(tx, ctx, {
            action: 'consult.wait',
            patientId: consult.patientId,
            entity: { kind: 'consult', id: consult.id },
          })
          announcements.queueMoved(tx, consult.practitionerId)
        }
        announcements.changed(tx, saved)
        return present(tx, saved, seat.participantId)
      }),

    sync: (seat) =>
      db.read(async (tx) => {
        const consult = await findConsult(tx, seat.consultId)
        if (!consult) throw notFound()
        return present(tx, consult, seat.participantId)
      }),

    leave: (ctx, seat) =>
      db.write(async (tx) => {
        const consult = await lockConsult(tx, seat.consultId)
        const { resumeHash } = await lockParticipant(tx, seat.consultId, seat.role)
        if (resumeHash !== seat.resumeHash) return false
        await updateParticipant(tx, seat.participantId, {
          presence: 'left',
          presenceSince: clock.now(),
          resumeHash: null,
        })
        await saveWithout(tx, consult, seat.role)
        audit.append(tx, ctx, {
          action: 'consult.leave',
          patientId: consult.patientId,
          entity: { kind: 'consult', id: consult.id },
        })
        return true
      }),

    dropped: (seat) =>
      changePresence(seat.consultId, seat.role, 'online', (row) =>
        // Otherwise somebody else has taken the seat meanwhile: it is not empty.
        row.resumeHash === seat.resumeHash ? { presence: 'away', presenceSince: clock.now() } : null,
      ),

    present: (seat) =>
      changePresence(seat.consultId, seat.role, 'away', (row) =>
        row.resumeHash === seat.resumeHash
          ? { presence: 'online', presenceSince: clock.now(), seenAt: clock.now() }
          : null,
      ).then(() => undefined),

    silent: ({ consultId, role, seenAt }) =>
      changePresence(consultId, role, 'online', (row) =>
        row.seenAt === seenAt ? { presence: 'away', presenceSince: seenAt } : null,
      ).then(() => undefined),

    gone: ({ consultId, role, presenceSince }) =>
      changePresence(consultId, role, 'away', (row) =>
        row.presenceSince === presenceSince
          ? { presence: 'left', presenceSince: clock.now(), resumeHash: null }
          : null,
      ),
  }
}
