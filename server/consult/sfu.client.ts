import type { Logger } from 'pino'
import { DomainError } from '#shared/errors.ts'
import type { ErrorCode } from '#shared/errors.ts'
import { SfuError } from '#shared/sfu.ts'
import type {
  SfuCommand,
  SfuControl,
  SfuErrorCode,
  SfuEvent,
  SfuEventPayload,
  SfuReply,
  SfuRequest,
} from '#shared/sfu.ts'

/** All SFUs that this server is connected to, by name. The names are the same on every server. */
export type SfuNodes = {
  readonly names: readonly string[]
  /** Answers, and takes new rooms. A link that broke less than three seconds ago still counts: it may be a blink. */
  usable: () => string[]
  gone: (sfu: string) => boolean
  /** @throws SfuError */
  call<C extends SfuCommand>(sfu: string, name: C, request: SfuRequest<C>): Promise<SfuReply<C>>
  on<E extends SfuEvent>(name: E, listener: (sfu: string, payload: SfuEventPayload<E>) => void): void
  /** The link has been down for three seconds. */
  onGone(listener: (sfu: string) => void): void
  /** The link is up again: events may have been missed. */
  onBack(listener: (sfu: string) => void): void
  /** Asks nothing more; the links themselves belong to whoever made them. */
  close(): void
}

const goneAfterMs = 3_000
const meetAgainMs = 2_000

export function createSfuNodes({
  sfus,
  log,
}: {
  sfus: ReadonlyMap<string, SfuControl>
  log: Logger
}): SfuNodes {
  const gone = new Set<string>()
  const draining = new Set<string>()
  const timers = new Map<string, NodeJS.Timeout>()
  const goneListeners: ((sfu: string) => void)[] = []
  const backListeners: ((sfu: string) => void)[] = []
  let closed = false

  for (const [sfu, control] of sfus) {
    control.on('sfuDraining', () => void draining.add(sfu))
    control.onLink((state) => {
      if (state === 'down') return down(sfu)
      for (const listener of backListeners) listener(sfu)
      meet(sfu, control)
    })
    meet(sfu, control)
  }

  /** Asks until the SFU has answered: who is connected but silent counts as gone too. */
  function meet(sfu: string, control: SfuControl): void {
    control.call('load', {}).then(
      (load) => {
        clearTimeout(timers.get(sfu))
        timers.delete(sfu)
        gone.delete(sfu)
        if (load.draining) draining.add(sfu)
        else draining.delete(sfu)
      },
      (error: unknown) => {
        if (!(error instanceof SfuError && error.code === 'sfu_unavailable'))
          log.warn({ sfu, err: error }, 'a media server does not tell its load')
        down(sfu)
        if (!closed) setTimeout(() => meet(sfu, control), meetAgainMs).unref()
      },
    )
  }

  function down(sfu: string): void {
    if (gone.has(sfu) || timers.has(sfu)) return
    const giveUp = () => {
      timers.delete(sfu)
      gone.add(sfu)
      log.warn({ sfu }, 'a media server is gone; its rooms move')
      for (const listener of goneListeners) listener(sfu)
    }
    timers.set(sfu, setTimeout(giveUp, goneAfterMs).unref())
  }

  return {
    names: [...sfus.keys()],
    usable: () => [...sfus.keys()].filter((sfu) => !gone.has(sfu) && !draining.has(sfu)),
    gone: (sfu) => gone.has(sfu),
    async call(sfu, name, request) {
      const control = sfus.get(sfu)
      if (!control) throw new SfuError('sfu_unavailable', 'this server knows no such SFU')
      return control.call(name, request)
    },
    on(name, listener) {
      for (const [sfu, control] of sfus) control.on(name, (payload) => listener(sfu, payload))
    },
    onGone: (listener) => void goneListeners.push(listener),
    onBack: (listener) => void backListeners.push(listener),
    close() {
      closed = true
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

const factOf: Record<SfuErrorCode, ErrorCode> = {
  stale_epoch: 'stale_epoch',
  // The participant's media is not there any more: joining again makes it anew.
  room_not_found: 'stale_epoch',
  peer_not_found: 'stale_epoch',
  transport_not_found: 'not_found',
  producer_not_found: 'not_found',
  consumer_not_found: 'not_found',
  probe_not_found: 'not_found',
  limit_reached: 'limit_reached',
  wrong_transport_state: 'conflict',
  bad_parameters: 'invalid_request',
  invalid_request: 'invalid_request',
  draining: 'sfu_unavailable',
  no_worker: 'sfu_unavailable',
  sfu_unavailable: 'sfu_unavailable',
  unknown_command: 'internal',
  internal: 'internal',
}

/** What an SFU refused, as a fact for the participant. */
export async function askingSfu<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof SfuError ? new DomainError(factOf[error.code], undefined, error) : error
  }
}
