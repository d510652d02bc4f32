import type { ConsultView, MediaSource, Quality } from '#shared/consult.ts'
import type { ParticipantId } from '#shared/ids.ts'
import type { ApiError } from '../../platform/api.ts'
import type { LinkState } from '../../platform/socket.ts'
import type { ChatState } from './ChatLog.ts'
import type { DevicesState } from './Devices.ts'
import type { MediaState } from './Media.ts'
import type { ProbeResult } from './probe-result.ts'
import type { RemoteTrack } from './Room.ts'
import type { SignalingEnd } from './Signaling.ts'

/** An own source: there is none, it is sent, or it is held back. */
export type SourceState = 'none' | 'on' | 'off'

/** What we see and hear of another participant. Absent tracks are null; paused ones stay. */
export interface Remote {
  readonly participantId: ParticipantId
  readonly camera: RemoteTrack | null
  readonly microphone: RemoteTrack | null
  readonly screen: RemoteTrack | null
}

/** Everything that screens show of a call. A new object after each change; parts that did not change stay the same. */
export interface CallState {
  readonly link: LinkState
  readonly end: { readonly reason: SignalingEnd; readonly error: ApiError | null } | null
  readonly view: ConsultView | null
  /** The doctor has clicked "Admit": the consult will be live in a moment. */
  readonly admitting: boolean
  readonly media: MediaState
  readonly devices: DevicesState
  readonly microphone: SourceState
  readonly camera: SourceState
  readonly screen: SourceState
  readonly remotes: readonly Remote[]
  /** A picture of the other side has been on the screen. */
  readonly pictured: boolean
  /** Own line; null before the first measurement. */
  readonly quality: Quality | null
  /** As the others report theirs. */
  readonly qualityOf: Readonly<Record<string, Quality>>
  /** The line has been too weak for pictures for a while. */
  readonly soundOnlyAdvised: boolean
  readonly soundOnly: boolean
  readonly probe: 'idle' | 'running' | ProbeResult
  readonly chat: ChatState
}

/** Tracks by person; the order is that of arrival. */
export function byPerson(tracks: readonly RemoteTrack[]): Remote[] {
  const people = new Map<ParticipantId, Remote>()
  for (const track of tracks) {
    const { participantId } = track
    const former = people.get(participantId) ?? {
      participantId,
      camera: null,
      microphone: null,
      screen: null,
    }
    people.set(participantId, { ...former, [track.source satisfies MediaSource]: track })
  }
  return [...people.values()]
}
