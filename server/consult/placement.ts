import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import { DomainError } from '#shared/errors.ts'
import type { ConsultId } from '#shared/ids.ts'
import type { Coordination } from '#server/platform/coordination.ts'

/** Where a consult's media is. The epoch is one incarnation of the room; a newer one fences the older. */
export type Placement = { readonly sfu: string; readonly epoch: number }

export type Placements = {
  /** Where the room is, or shall be. @throws sfu_unavailable when no SFU can take it */
  where(consultId: ConsultId): Promise<Placement>
  /** The next incarnation after `lost`; whoever asks second gets the answer of the first. */
  move(consultId: ConsultId, lost: Placement): Promise<Placement>
  /** Where the room is, if it has a place at all. */
  find(consultId: ConsultId): Promise<Placement | null>
  /** The same, and kept in mind from now on. */
  learn(consultId: ConsultId): Promise<Placement | null>
  /** What this server knows, without asking anyone. */
  known(consultId: ConsultId): Placement | null
  /** Renews the lease and learns of moves that other servers made. */
  renew(consultId: ConsultId): Promise<Placement | null>
  forget(consultId: ConsultId): void
  /** The consult is over. */
  release(consultId: ConsultId): Promise<void>
}

export type PlacementNeeds = {
  coordination: Pick<Coordination, 'get' | 'compareAndSet' | 'delete'>
  usable: () => string[]
  gone: (sfu: string) => boolean
  log: Logger
}

const leaseMs = 6 * 60 * 60_000
const maxRounds = 5

/**
 * The first choice follows from the consult's id alone (highest random weight), so that servers which see the same
 * SFUs agree even while the coordination store is away. The store settles what they see differently, and remembers.
 */
export function createPlacements({ coordination, usable, gone, log }: PlacementNeeds): Placements {
  const cache = new Map<ConsultId, Placement>()
  let storeAway = false

  /** Undefined: the store does not answer. */
  async function stored(consultId: ConsultId): Promise<string | null | undefined> {
    return answered(() => coordination.get(keyOf(consultId)))
  }

  async function answered<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await ask()
      storeAway = false
      return answer
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'unavailable')) throw error
      if (!storeAway) log.warn('room placements are decided without the coordination store')
      storeAway = true
      return undefined
    }
  }

  function remember(consultId: ConsultId, placement: Placement): Placement {
    cache.set(consultId, placement)
    return placement
  }

  /** Proposes until the store holds our proposal or something newer. */
  async function settle(
    consultId: ConsultId,
    propose: (current: Placement | null) => Placement,
  ): Promise<Placement> {
    for (let round = 0; round < maxRounds; round++) {
      const text = await stored(consultId)
      const current = newest(parse(text ?? null), cache.get(consultId) ?? null)
      const wanted = propose(current)
      if (text === undefined || text === format(wanted)) return remember(consultId, wanted)
      const won = await answered(() =>
        coordination.compareAndSet(keyOf(consultId), text, format(wanted), leaseMs),
      )
      if (won !== false) return remember(consultId, wanted)
    }
    throw new DomainError('sfu_unavailable')
  }

  function choose(consultId: ConsultId): string {
    const best = usable().reduce<{ sfu: string; weight: string } | null>((leader, sfu) => {
      const weight = createHash('sha256').update(`${consultId} ${sfu}`).digest('hex')
      return leader === null || weight > leader.weight ? { sfu, weight } : leader
    }, null)
    if (best === null) throw new DomainError('sfu_unavailable')
    return best.sfu
  }

  async function find(consultId: ConsultId): Promise<Placement | null> {
    return newest(parse((await stored(consultId)) ?? null), cache.get(consultId) ?? null)
  }

  return {
    where: (consultId) =>
      settle(consultId, (current) =>
        current !== null && !gone(current.sfu)
          ? current
          : { sfu: choose(consultId), epoch: (current?.epoch ?? 0) + 1 },
      ),
    move: (consultId, lost) =>
      settle(consultId, (current) =>
        current !== null && current.epoch > lost.epoch
          ? current
          : { sfu: choose(consultId), epoch: lost.epoch + 1 },
      ),
    find,
    async learn(consultId) {
      const place = await find(consultId)
      return place && remember(consultId, place)
    },
    known: (consultId) => cache.get(consultId) ?? null,
    async renew(consultId) {
      const known = cache.get(consultId)
      return known ? settle(consultId, (current) => current ?? known) : null
    },
    forget: (consultId) => void cache.delete(consultId),
    async release(consultId) {
      cache.delete(consultId)
      await answered(() => coordination.delete(keyOf(consultId)))
    },
  }
}

function newest(one: Placement | null, other: Placement | null): Placement | null {
  if (one === null || other === null) return one ?? other
  return other.epoch > one.epoch ? other : one
}

function keyOf(consultId: ConsultId): string {
  return `room:${consultId}`
}

function format({ sfu, epoch }: Placement): string {
  return `${epoch} ${sfu}`
}

function parse(text: string | null): Placement | null {
  const match = /^(\d+) (\S+)$/.exec(text ?? '')
  return match?.[1] && match[2] ? { epoch: Number(match[1]), sfu: match[2] } : null
}
