import type { ConsultId, EnhancementId, SnapshotId } from '#shared/ids.ts'
import { mustBeLive } from '../../consult/index.ts'
import type { Seat } from '../../consult/index.ts'
import type { Peer, SocketPolicy } from '../../platform/realtime.ts'
import { findSnapshot } from '../../records/index.ts'
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

/** Passes on what the doctor shows and where people point. Keeps no view: late joiners ask the presenter. */
export function addViewerRequests(needs: ImagingNeeds): void {
  const { realtime, consult, clock } = needs
  const isOf = rememberPictures(needs)
  const isMadeOf = rememberEnhancements(needs)
  let sequence = 0

  /** Taken before anything is awaited, so that the order of the messages is the order of their arrival. */
  function nextSequence(): number {
    sequence = Math.max(sequence + 1, clock.now())
    return sequence
  }

  async function admitted(peer: Peer): Promise<Seat> {
    const seat = consult.seatOf(peer)
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
    const at = nextSequence()
    const seat = await admitted(peer)
    await mustBeOf(seat, view.snapshotId)
    const { snapshotId, enhancementId } = view
    if (enhancementId !== null && !(await isMadeOf(snapshotId, enhancementId))) throw notFound()
    consult.tell(seat.consultId, 'viewer:shown', { ...view, from: seat.participantId, sequence: at })
    return {}
  })
  realtime.on(
    'viewer:point',
    { policy: participantsOfConsult, limit: 'viewer' },
    async (_ctx, peer, { snapshotId, at }) => {
      const seat = await admitted(peer)
      await mustBeOf(seat, snapshotId)
      consult.tell(seat.consultId, 'viewer:pointed', { from: seat.participantId, snapshotId, at })
      return {}
    },
  )
  realtime.on('viewer:close', { policy: practitionerOfConsult, limit: 'viewer' }, async (_ctx, peer) => {
    const at = nextSequence()
    const seat = await admitted(peer)
    consult.tell(seat.consultId, 'viewer:closed', { from: seat.participantId, sequence: at })
    return {}
  })
  realtime.on('viewer:ask', { policy: participantsOfConsult, limit: 'viewer' }, async (_ctx, peer) => {
    const seat = await admitted(peer)
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
