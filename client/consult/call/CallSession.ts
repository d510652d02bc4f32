import {
  issueConsultTicket,
  type ConsultNews,
  type ConsultRequests,
  type DeviceCheck,
} from '#shared/consult.ts'
import type { ConsultId } from '#shared/ids.ts'
import { call } from '../../platform/api.ts'
import { Events } from '../../platform/events.ts'
import type { SendRequest, TicketSocket } from '../../platform/socket.ts'
import { now } from '../../platform/time.ts'
import { journal } from '../../platform/journal.ts'
import { byPerson, type CallState, type SourceState } from './call-state.ts'
import { ChatLog } from './ChatLog.ts'
import { Devices, type InputKind } from './Devices.ts'
import { Media } from './Media.ts'
import type { DeviceShelf } from './mediasoup.ts'
import { probeConnection } from './Probe.ts'
import { QualityWatch } from './QualityWatch.ts'
import { ScreenShare } from './ScreenShare.ts'
import { seatMemory } from './seat-memory.ts'
import { Signaling } from './Signaling.ts'

type CallEvents = {
  change: [state: CallState]
  /** Others wrote something. */
  chat: [texts: readonly string[]]
  /** The doctor has let the patient in, or the other way round: the consult is live from now on. */
  live: []
}

const frameMs = 16

/**
 * One participant's part in one consult, from the device check through the waiting room and the call to its end. Screens
 * read `state` and send intents; it lives outside of them, so that a change of page never touches the camera.
 */
export class CallSession {
  readonly consultId: ConsultId
  readonly devices = new Devices()
  readonly chat: ChatLog
  readonly #signaling: Signaling
  readonly #media: Media
  readonly #shelf: DeviceShelf
  readonly #screen: ScreenShare
  readonly #quality: QualityWatch
  readonly #events = new Events<CallEvents>()
  readonly #abort = new AbortController()
  /** Switched off by the person: so is the next device in its place, even after a time without any. */
  readonly #held = new Set<InputKind>()
  /** When the wait for the first picture began, by performance.now(). */
  #liveSince: number | null = null
  #telling: ReturnType<typeof setTimeout> | null = null
  #state: CallState

  constructor(consultId: ConsultId, shelf: DeviceShelf) {
    this.consultId = consultId
    this.#shelf = shelf
    this.#signaling = new Signaling({
      takeTicket: async () => (await call(issueConsultTicket, { params: { consultId } })).ticket,
      memory: seatMemory(consultId),
    })
    const { request } = this.#signaling
    const onNews = this.#signaling.onNews
    this.#media = new Media({ shelf: this.#shelf, request, onNews })
    this.chat = new ChatLog({
      request,
      onNews,
      now,
      changed: (chat, arrived) => {
        this.#set({ chat })
        if (arrived.length > 0)
          this.#events.emit(
            'chat',
            arrived.map((message) => message.text),
          )
      },
    })
    this.#screen = new ScreenShare((track) => {
      this.#media.setTrack('screen', track)
      this.#set({ screen: track ? 'on' : 'none' })
    })
    this.#quality = new QualityWatch({
      read: () => this.#media.stats(),
      connected: () => this.#media.connected,
      request,
      changed: ({ quality, soundOnlyAdvised }) => {
        this.#set({ quality, soundOnlyAdvised })
      },
    })
    this.#state = {
      link: 'connecting',
      end: null,
      view: null,
      admitting: false,
      media: 'off',
      devices: this.devices.state,
      microphone: 'none',
      camera: 'none',
      screen: 'none',
      remotes: [],
      pictured: false,
      quality: null,
      qualityOf: {},
      soundOnlyAdvised: false,
      soundOnly: false,
      probe: 'idle',
      chat: this.chat.state,
    }
    this.#listen()
  }

  get state(): CallState {
    return this.#state
  }

  get request(): SendRequest<ConsultRequests> {
    return this.#signaling.request
  }

  get onNews(): TicketSocket<ConsultRequests, ConsultNews>['on'] {
    return this.#signaling.onNews
  }

  /** Returns the remover. */
  on<Name extends keyof CallEvents>(
    name: Name,
    listener: (...payload: CallEvents[Name]) => void,
  ): () => void {
    return this.#events.on(name, listener)
  }

  /** Connects, and makes ready what a call needs. `awaited` true: somebody has clicked and waits for a picture. */
  start({ awaited = false } = {}): void {
    if (awaited && !this.#state.admitting) {
      this.#liveSince ??= performance.now()
      this.#set({ admitting: true })
    }
    this.#shelf.warm()
    this.#signaling.start()
  }

  /** The patient could not be admitted: nobody waits for a picture any more. */
  notAdmitted(): void {
    this.#liveSince = null
    this.#set({ admitting: false })
  }

  /** Measures the line, once. */
  probe(): void {
    if (this.#state.probe !== 'idle') return
    this.#set({ probe: 'running' })
    probeConnection({
      request: this.request,
      shelf: this.#shelf,
      track: this.devices.track('microphone'),
      signal: this.#abort.signal,
    }).then(
      (probe) => {
        this.#set({ probe })
      },
      (error: unknown) => {
        journal('The test of the connection was broken off:', error)
      },
    )
  }

  /** Into the waiting room. Throws CallError. */
  async wait(deviceCheck: DeviceCheck): Promise<void> {
    this.#signaling.take(await this.request('seat:wait', { deviceCheck }))
  }

  setMicrophone(on: boolean): void {
    this.#setSource('microphone', on)
  }

  setCamera(on: boolean): void {
    this.#setSource('camera', on)
  }

  /** Sound only, for weak lines: own camera off, small pictures of the others. */
  setSoundOnly(soundOnly: boolean): void {
    this.setCamera(!soundOnly)
    this.#media.preferSmallPictures(soundOnly)
    this.#set({ soundOnly })
  }

  /** Asks the browser for a screen or window. False when the person thought better of it. */
  startScreen(): Promise<boolean> {
    return this.#screen.start()
  }

  stopScreen(): void {
    this.#screen.stop()
  }

  /** The first picture of the other side is on the screen. */
  firstFrame(): void {
    this.#media.pictured()
    if (this.#liveSince !== null) this.#quality.firstFrame(performance.now() - this.#liveSince)
    if (!this.#state.pictured) this.#set({ pictured: true })
  }

  /** Gives the seat away: the patient leaves the waiting room or the call. */
  async leave(): Promise<void> {
    try {
      await this.request('seat:leave', {}, { timeoutMs: 2000 })
    } catch (error) {
      journal('The server will notice by itself that this seat is empty:', error)
    }
    seatMemory(this.consultId).write(null)
    this.close()
  }

  /** Lights off, lines down. The place is kept for 90 s, unless it was given away. */
  close(): void {
    if (this.#abort.signal.aborted) return
    this.#abort.abort(new DOMException('The call is over', 'AbortError'))
    this.#quality.close()
    this.#screen.stop()
    this.#media.close()
    this.chat.close()
    this.devices.close()
    this.#signaling.close()
    globalThis.removeEventListener('online', this.#networkChanged)
    this.#set({ media: 'off', remotes: [], microphone: 'none', camera: 'none', screen: 'none' })
  }

  #listen(): void {
    globalThis.addEventListener('online', this.#networkChanged)
    this.#signaling.on('link', (link) => {
      this.#set({ link })
    })
    this.#signaling.on('live', () => {
      this.#goLive()
    })
    this.#signaling.on('view', (view) => {
      this.chat.is(view.self)
      this.#set({ view })
      if (view.state === 'live') this.#goLive()
    })
    this.#signaling.on('seated', ({ resumed, first }) => {
      this.chat.load()
      if (!first) this.#media.returned(resumed)
    })
    this.#signaling.on('end', (reason, error) => {
      this.#set({ end: { reason, error } })
      this.close()
    })
    this.#media.on('state', (media) => {
      this.#set({ media })
    })
    this.#media.on('remotes', (tracks) => {
      this.#set({ remotes: byPerson(tracks) })
    })
    this.devices.on('change', (devices) => {
      this.#set({ devices })
    })
    this.devices.on('track', (kind, track) => {
      const held = this.#held.has(kind)
      this.#media.setTrack(kind, track, held)
      this.#set({ [kind]: track ? (held ? 'off' : 'on') : 'none' })
    })
    this.#signaling.onNews('media:quality', ({ participantId, quality }) => {
      this.#set({ qualityOf: { ...this.#state.qualityOf, [participantId]: quality } })
    })
  }

  #goLive(): void {
    if (this.#media.state !== 'off') return
    this.#liveSince ??= performance.now()
    this.#media.start()
    this.#quality.start()
    this.#events.emit('live')
  }

  #setSource(kind: InputKind, on: boolean): void {
    if (this.#state[kind] === 'none') return
    if (on) this.#held.delete(kind)
    else this.#held.add(kind)
    this.#media.setPaused(kind, !on)
    const state: SourceState = on ? 'on' : 'off'
    this.#set({ [kind]: state })
  }

  readonly #networkChanged = (): void => {
    this.#signaling.check()
    this.#media.networkChanged()
  }

  /** Screens hear of changes once a frame: the beginning of a call brings dozens, and none may delay the picture. */
  #set(part: Partial<CallState>): void {
    this.#state = { ...this.#state, ...part }
    this.#telling ??= setTimeout(() => {
      this.#telling = null
      this.#events.emit('change', this.#state)
    }, frameMs)
  }
}
