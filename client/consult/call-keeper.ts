import { admitPatient } from '#shared/consult.ts'
import type { ConsultId } from '#shared/ids.ts'
import { call } from '../platform/api.ts'
import { CallSession } from './call/CallSession.ts'
import { DeviceShelf } from './call/mediasoup.ts'

const unclaimedMs = 15_000
const handoverMs = 1000

/**
 * The one call of this tab. It outlives the screens that show it, so that going from the waiting room or the doctor's
 * board into the call keeps camera, socket and media as they are; it ends when no screen has held it for a moment.
 */
class CallKeeper {
  readonly #shelf = new DeviceShelf()
  #session: CallSession | null = null
  #holders = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  /** The session of this consult; a new one when there is none or the last one is over. */
  get(consultId: ConsultId): CallSession {
    const present = this.#session
    if (present?.consultId === consultId && !present.state.end) return present
    present?.close()
    this.#holders = 0
    this.#session = new CallSession(consultId, this.#shelf)
    this.#closeIn(unclaimedMs)
    return this.#session
  }

  /** Loads what a call needs and does not touch camera or line. */
  warm(): void {
    this.#shelf.warm()
  }

  /** While a screen shows it. Returns the release. */
  hold(session: CallSession): () => void {
    if (session !== this.#session) return () => undefined
    this.#holders += 1
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    return () => {
      if (session !== this.#session) return
      this.#holders -= 1
      if (this.#holders === 0) this.#closeIn(handoverMs)
    }
  }

  #closeIn(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    const session = this.#session
    this.#timer = setTimeout(() => {
      this.#timer = null
      if (this.#session !== session || this.#holders > 0) return
      this.#session = null
      session?.close()
    }, ms)
  }
}

export const calls = new CallKeeper()

/**
 * The click on "Admit": camera, media and the page of the call begin beside the admission itself. Throws ApiError when the
 * patient could not be admitted.
 */
export async function admit(consultId: ConsultId): Promise<void> {
  const session = calls.get(consultId)
  const admission = call(admitPatient, { params: { consultId } })
  session.start({ awaited: true })
  void session.devices.open()
  try {
    await admission
  } catch (error) {
    session.notAdmitted()
    throw error
  }
}
