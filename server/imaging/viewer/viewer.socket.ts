import type { ConsultId, EnhancementId, SnapshotId } from '#shared/ids.ts'
import { mustBeLive } from '../../consult/index.ts'
import type { Seat } from '../../consult/index.ts'
import type { SocketPolicy } from '../../platform/realtime.ts'
import { findSnapshot } from '../../records/index.ts'
import { isShown } from '../compare/shown-pictures.store.ts'
import { findEnhancement } from '../enhancements.store.ts'
import { notFound } from '../errors.ts'
import type { ImagingNeeds } from '../needs.ts'

const practitionerOfConsult: SocketPolicy = {
  sentence: 'The practitioner of the consult that the ticket was made for, while it is live',
  allows: (peer) => peer.ticket.kind === 'consult' && peer.actor.role === 'practitioner',
}
const participantsOfConsult: SocketPolicy = {
  sentence: 'A participant of the consult that the ticket was made for, while it is live',
  allows: (peer) => peer.ticket.kind === 'consult',
}

/** More than anybody shows between two takings of a seat. */
const messagesOfSeat = 2 ** 24

/** Passes on what the doctor shows and where people point. Keeps no view: late joiners ask the presenter. */
export function addViewerRequests(needs: ImagingNeeds): void {
  const { realtime, consult } = needs
  const isOf = rememberPictures(needs)
  const isMadeOf = rememberEnhancements(needs)
  const isLetSeen = rememberShown(needs)
  const counts = new WeakMap<Seat, number>()

  /**
   * Taken before anything is awaited, so that the order of the messages is the order of their arrival. The consult's row
   * orders the takings of the seat, whichever servers they were on: no clock is asked.
   */
  function nextSequence(seat: Seat): number {
    const count = (counts.get(seat) ?? 0) + 1
    counts.set(seat, count)
    return seat.takenAt * messagesOfSeat + count
  }

  async function admitted(seat: Seat): Promise<Seat> {
    if (seat.state === 'live') return seat
    // The admission may have happened on another server, and the news of it be under way.
    const row = await needs.db.read((tx) => consult.find(tx, seat.consultId))
    mustBeLive(row ? row.state : 'ended')
    return seat
  }

  async function mustBeOf(seat: Seat, snapshotId: SnapshotId): Promise<void> {
    if (!(await isOf(seat.consultId, snapshotId))) throw notFound()
  }

  realtime.on('viewer:show', { policy: practitionerOfConsult, limit: 'viewer' }, async (_ctx, peer, view) => {
    const seat = consult.seatOf(peer)
    const at = nextSequence(seat)
    await admitted(seat)
    await mustBeOf(seat, view.snapshotId)
    const { snapshotId, enhancementId } = view
    if (view.comparison && !(await isLetSeen(seat.consultId, view.comparison.earlierId))) throw notFound()
    if (enhancementId !== null && !(await isMadeOf(snapshotId, enhancementId))) throw notFound()
    consult.tell(seat.consultId, 'viewer:shown', { ...view, from: seat.participantId, sequence: at })
    return {}
  })
  realtime.on(
    'viewer:point',
    { policy: participantsOfConsult, limit: 'viewer' },
    async (_ctx, peer, { snapshotId, at }) => {
      const seat = await admitted(consult.seatOf(peer))
      await mustBeOf(seat, snapshotId)
      consult.tell(seat.consultId, 'viewer:pointed', { from: seat.participantId, snapshotId, at })
      return {}
    },
  )
  realtime.on('viewer:close', { policy: practitionerOfConsult, limit: 'viewer' }, async (_ctx, peer) => {
    const seat = consult.seatOf(peer)
    const at = nextSequence(seat)
    await admitted(seat)
    consult.tell(seat.consultId, 'viewer:closed', { from: seat.participantId, sequence: at })
    return {}
  })
  realtime.on('viewer:ask', { policy: participantsOfConsult, limit: 'viewer' }, async (_ctx, peer) => {
    const seat = await admitted(consult.seatOf(peer))
    consult.tell(seat.consultId, 'viewer:asked', { from: seat.participantId })
    return {}
  })
}

const maxRemembered = 2_000

/** Whether a picture is one of this consult. */
function rememberPictures({ db }: ImagingNeeds) {
  return remembered(async (consultId: ConsultId, snapshotId: SnapshotId) => {
    const snapshot = await db.read((tx) => findSnapshot(tx, snapshotId))
    return snapshot?.consultId === consultId
  })
}

/** Whether an enhancement is one of this picture. */
function rememberEnhancements({ db }: ImagingNeeds) {
  return remembered(async (snapshotId: SnapshotId, enhancementId: EnhancementId) => {
    const enhancement = await db.read((tx) => findEnhancement(tx, enhancementId))
    return enhancement?.snapshotId === snapshotId
  })
}

/** Whether the doctor lets the patient see an earlier picture in this consult. */
function rememberShown({ db }: ImagingNeeds) {
  return remembered((consultId: ConsultId, snapshotId: SnapshotId) =>
    db.read((tx) => isShown(tx, consultId, snapshotId)),
  )
}

/** What belongs together stays so: a yes is remembered, and fifteen questions a second cost nothing. */
function remembered<Whole extends string, Part extends string>(
  ask: (whole: Whole, part: Part) => Promise<boolean>,
) {
  const known = new Set<string>()
  return async (whole: Whole, part: Part): Promise<boolean> => {
    const pair = `${whole} ${part}`
    if (known.has(pair)) return true
    if (!(await ask(whole, part))) return false
    known.add(pair)
    if (known.size > maxRemembered) for (const oldest of known) { known.delete(oldest); break } // prettier-ignore
    return true
  }
}
