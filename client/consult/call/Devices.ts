import { Events } from '../../platform/events.ts'
import { journal } from '../../platform/journal.ts'
import { LevelMeter } from './LevelMeter.ts'
import { reasonOf, type InputState } from './device-state.ts'

export type InputKind = 'camera' | 'microphone'

export interface DeviceChoice {
  readonly deviceId: string
  readonly groupId: string
  readonly label: string
}

export interface DevicesState {
  readonly camera: InputState
  readonly microphone: InputState
  readonly cameraId: string | null
  readonly microphoneId: string | null
  readonly cameras: readonly DeviceChoice[]
  readonly microphones: readonly DeviceChoice[]
}

type DeviceLists = Pick<DevicesState, 'cameras' | 'microphones'>

type DevicesEvents = {
  change: [state: DevicesState]
  /** The track to send from now on; null: there is none. */
  track: [kind: InputKind, track: MediaStreamTrack | null]
}

const video: MediaTrackConstraints = {
  width: { ideal: 1280, max: 1920 },
  height: { ideal: 720, max: 1080 },
  frameRate: { ideal: 30, max: 30 },
}
const audio: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
}

/** Not devices but names for one of them, or nothing before permission. */
const aliases = ['', 'default', 'communications']

const closedState: DevicesState = {
  camera: 'off',
  microphone: 'off',
  cameraId: null,
  microphoneId: null,
  cameras: [],
  microphones: [],
}

/**
 * The patient's or doctor's own camera and microphone. They are opened once and the same tracks are used for the
 * check, the call and the pictures: phones often fail when a camera is closed and opened again.
 */
export class Devices {
  readonly level = new LevelMeter()
  readonly #events = new Events<DevicesEvents>()
  readonly #tracks: Record<InputKind, MediaStreamTrack | null> = { camera: null, microphone: null }
  readonly #stopWatching: Record<InputKind, () => void> = {
    camera: () => undefined,
    microphone: () => undefined,
  }
  #state = closedState
  #opening: Promise<void> | null = null
  #closed = false

  get state(): DevicesState {
    return this.#state
  }

  track(kind: InputKind): MediaStreamTrack | null {
    return this.#tracks[kind]
  }

  on<Name extends keyof DevicesEvents>(
    name: Name,
    listener: (...payload: DevicesEvents[Name]) => void,
  ): () => void {
    return this.#events.on(name, listener)
  }

  /**
   * Asks for camera and microphone, once; whichever fails leaves the other. Never throws: `state` tells. Called again
   * it tries only for what is missing.
   */
  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null
    })
    return this.#opening
  }

  /** Another camera or microphone in place of the present one. The call goes on with it. */
  async choose(kind: InputKind, deviceId: string): Promise<void> {
    const former = this.#tracks[kind]
    // Many phones cannot hold two cameras open, so the old one goes first; a microphone is swapped without a gap.
    if (kind === 'camera') former?.stop()
    await this.#openOne(kind, { deviceId: { exact: deviceId } })
    const track = this.#tracks[kind]
    if (track && former) track.enabled = former.enabled
  }

  /** For good: lights off. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    globalThis.navigator?.mediaDevices?.removeEventListener('devicechange', this.#list)
    globalThis.document?.removeEventListener('visibilitychange', this.#recover)
    this.level.close()
    for (const kind of ['camera', 'microphone'] as const) {
      this.#stopWatching[kind]()
      this.#tracks[kind]?.stop()
      this.#tracks[kind] = null
    }
    this.#state = closedState
    this.#events.clear()
  }

  async #open(): Promise<void> {
    if (this.#closed) return
    const missing = (['camera', 'microphone'] as const).filter((kind) => this.#tracks[kind] === null)
    if (missing.length === 0) return
    const media = globalThis.navigator?.mediaDevices
    if (!media?.getUserMedia) {
      this.#set({ camera: 'failed', microphone: 'failed' })
      return
    }
    media.addEventListener('devicechange', this.#list)
    document.addEventListener('visibilitychange', this.#recover)
    for (const kind of missing) this.#set({ [kind]: 'asking' })
    if (missing.length === 2) {
      try {
        const stream = await media.getUserMedia({ audio, video: { ...video, facingMode: 'user' } })
        this.#take('camera', stream.getVideoTracks()[0] ?? null)
        this.#take('microphone', stream.getAudioTracks()[0] ?? null)
        this.#list()
        return
      } catch (error) {
        journal('Camera and microphone did not open together; each is tried alone:', error)
      }
    }
    for (const kind of missing) await this.#openOne(kind, kind === 'camera' ? { facingMode: 'user' } : {})
    this.#list()
  }

  async #openOne(kind: InputKind, wish: MediaTrackConstraints): Promise<void> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia(
        kind === 'camera' ? { video: { ...video, ...wish } } : { audio: { ...audio, ...wish } },
      )
      this.#take(kind, stream.getTracks()[0] ?? null)
    } catch (error) {
      if (this.#tracks[kind]?.readyState !== 'live') this.#take(kind, null)
      if (!this.#tracks[kind]) this.#set({ [kind]: reasonOf(error) })
    }
  }

  #take(kind: InputKind, track: MediaStreamTrack | null): void {
    if (this.#closed) {
      track?.stop()
      return
    }
    const former = this.#tracks[kind]
    this.#stopWatching[kind]()
    this.#tracks[kind] = track
    this.#set({ [kind]: track ? 'ready' : 'none', ...this.#ids(this.#state) })
    if (track) this.#watch(kind, track)
    if (kind === 'microphone') this.level.follow(track)
    this.#events.emit('track', kind, track)
    if (former !== track) former?.stop()
  }

  /** Which of the listed devices are in use. */
  #ids({ cameras, microphones }: DeviceLists): Pick<DevicesState, 'cameraId' | 'microphoneId'> {
    return {
      cameraId: idOf(this.#tracks.camera, cameras),
      microphoneId: idOf(this.#tracks.microphone, microphones),
    }
  }

  /** A call by telephone, another app or a locked screen takes the tracks away on phones. */
  #watch(kind: InputKind, track: MediaStreamTrack): void {
    const interrupted = () => {
      this.#set({ [kind]: 'interrupted' })
      this.#recover()
    }
    const back = () => {
      this.#set({ [kind]: 'ready' })
    }
    track.addEventListener('ended', interrupted)
    track.addEventListener('mute', interrupted)
    track.addEventListener('unmute', back)
    this.#stopWatching[kind] = () => {
      track.removeEventListener('ended', interrupted)
      track.removeEventListener('mute', interrupted)
      track.removeEventListener('unmute', back)
    }
  }

  readonly #recover = (): void => {
    if (this.#closed || document.visibilityState === 'hidden') return
    for (const kind of ['camera', 'microphone'] as const) {
      const track = this.#tracks[kind]
      if (!track) continue
      if (track.readyState === 'ended') void this.#openOne(kind, {})
      // A muted track mostly comes back by itself once the page is in front; when it does not, it is opened anew.
      else if (track.muted) {
        setTimeout(() => {
          if (this.#tracks[kind] === track && track.muted && document.visibilityState === 'visible') {
            void this.#openOne(kind, {})
          }
        }, 1500)
      }
    }
  }

  readonly #list = (): void => {
    navigator.mediaDevices.enumerateDevices().then(
      (all) => {
        const of = (kind: MediaDeviceKind): DeviceChoice[] =>
          all.filter((device) => device.kind === kind && !aliases.includes(device.deviceId))
        const lists = { cameras: of('videoinput'), microphones: of('audioinput') }
        this.#set({ ...lists, ...this.#ids(lists) })
      },
      (error: unknown) => {
        journal('The browser does not list its devices:', error)
      },
    )
  }

  #set(part: Partial<DevicesState>): void {
    if (this.#closed) return
    this.#state = { ...this.#state, ...part }
    this.#events.emit('change', this.#state)
  }
}

/** The browser may say "default", which is an alias: the group tells which device it is. */
function idOf(track: MediaStreamTrack | null, choices: readonly DeviceChoice[]): string | null {
  if (!track) return null
  const { deviceId, groupId } = track.getSettings()
  const own =
    choices.find((choice) => choice.deviceId === deviceId) ??
    choices.find((choice) => choice.groupId === groupId)
  return own?.deviceId ?? null
}
