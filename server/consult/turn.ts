import { createHmac } from 'node:crypto'
import type { ParticipantId } from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'
import type { TurnConfig } from './needs.ts'

const lifeSeconds = 60 * 60

/** ICE servers with credentials that last for an hour (draft-uberti-behave-turn-rest). `now` in epoch ms. */
export function iceServersFor(
  turn: TurnConfig | null,
  participantId: ParticipantId,
  now: Instant,
): Record<string, unknown>[] {
  if (turn === null) return []
  const username = `${Math.floor(now / 1000) + lifeSeconds}:${participantId}`
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64')
  const stun = turn.urls.filter((url) => url.startsWith('stun'))
  const relays = turn.urls.filter((url) => !url.startsWith('stun'))
  return [
    ...(stun.length > 0 ? [{ urls: stun }] : []),
    ...(relays.length > 0 ? [{ urls: relays, username, credential }] : []),
  ]
}
