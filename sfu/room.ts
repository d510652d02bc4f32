import { SfuError, type roomLostReasons, type SfuReply } from '#shared/sfu.ts'
import type { EmitSfuEvent } from '#shared/sfu-events.ts'
import type { MediaRouter, SpeakerWatch } from './engine.ts'
import { limits } from './limits.ts'
import type { SfuLog } from './log.ts'
import { Peer, type PeerRoom } from './peer.ts'
import type { Tenant, WorkerLossReason } from './workers.ts'

export type RoomLostReason = (typeof roomLostReasons)[number]

export interface RoomOptions {
  roomId: string
  epoch: number
  emit: EmitSfuEvent
  log: SfuLog
  /** Called once, whatever ended the room. */
  closed: (room: Room) => void
}

/** One incarnation of a visit's media: a router of its own, which is what keeps visits apart. */
export class Room implements PeerRoom, Tenant {
  readonly roomId: string
  readonly epoch: number
  readonly emit: EmitSfuEvent
  readonly log: SfuLog
  readonly #whenClosed: (room: Room) => void
  readonly #peers = new Map<string, Peer>()
  #router: MediaRouter | undefined
  #speakers: Promise<SpeakerWatch> | undefined
  #emptySince: number | undefined
  #deadSince: number | undefined
  #closed = false

  constructor(options: RoomOptions) {
    this.roomId = options.roomId
    this.epoch = options.epoch
    this.log = options.log
    this.#whenClosed = options.closed
    this.emit = (name, payload) => {
      options.emit(name, payload)
      if (name === 'producerCreated') this.#listenToVoices()
    }
  }

  get closed(): boolean {
    return this.#closed
  }

  get router(): MediaRouter {
    if (!this.#router) throw new SfuError('room_not_found', 'the room is not open yet')
    return this.#router
  }

  get peerCount(): number {
    return this.#peers.size
  }

  /** Moves in. When the room was closed while its router was made, the router goes too. */
  start(router: MediaRouter): void {
    if (this.#closed) {
      router.close()
      throw new SfuError('room_not_found', 'the room was closed while it was being opened')
    }
    this.#router = router
  }

  /** False when the peer was there already. */
  addPeer(peerId: string): boolean {
    if (this.#peers.has(peerId)) return false
    if (this.#peers.size >= limits.peersPerRoom) throw new SfuError('limit_reached', 'the room is full')
    this.#peers.set(peerId, new Peer(peerId, this))
    return true
  }

  peer(peerId: string): Peer {
    const peer = this.#peers.get(peerId)
    if (!peer) throw new SfuError('peer_not_found', 'the room has no such peer')
    return peer
  }

  removePeer(peerId: string): void {
    const peer = this.#peers.get(peerId)
    if (!peer) return
    // Closed while still listed, so that the others lose what they received of it.
    peer.close({ workerGone: false })
    this.#peers.delete(peerId)
  }

  *othersOf(peer: Peer): Iterable<Peer> {
    for (const other of this.#peers.values()) if (other !== peer) yield other
  }

  describe(): SfuReply<'roomState'> {
    return { peers: [...this.#peers.values()].map((peer) => peer.describe()) }
  }

  streams(): number {
    return [...this.#peers.values()].reduce((total, peer) => total + peer.streams(), 0)
  }

  workerLost(reason: WorkerLossReason, replaced: Promise<void>): void {
    if (!this.#end({ workerGone: true })) return
    void replaced.then(() => this.emit('roomLost', { roomId: this.roomId, epoch: this.epoch, reason }))
  }

  /** Without a reason nobody is told: the server asked for it. */
  close(reason: RoomLostReason | null): void {
    if (!this.#end({ workerGone: false })) return
    if (reason) this.emit('roomLost', { roomId: this.roomId, epoch: this.epoch, reason })
  }

  /** Whether the room has been empty, or out of everyone's reach, for too long. `nowMs`: any steady clock. */
  abandoned(nowMs: number, times: { idleRoomMs: number; deadRoomMs: number }): boolean {
    const peers = [...this.#peers.values()]
    this.#emptySince = peers.length === 0 ? (this.#emptySince ?? nowMs) : undefined
    this.#deadSince = peers.some((peer) => peer.reachable()) ? undefined : (this.#deadSince ?? nowMs)
    return (
      (this.#emptySince !== undefined && nowMs - this.#emptySince >= times.idleRoomMs) ||
      (this.#deadSince !== undefined && nowMs - this.#deadSince >= times.deadRoomMs)
    )
  }

  #end(options: { workerGone: boolean }): boolean {
    if (this.#closed) return false
    this.#closed = true
    for (const peer of this.#peers.values()) peer.close(options)
    this.#peers.clear()
    if (!options.workerGone) this.#router?.close()
    this.#whenClosed(this)
    return true
  }

  /** Two people know who is speaking; from three voices on the room says so. */
  #listenToVoices(): void {
    const voices = this.#voices()
    if (voices.length < 3 || this.#closed) return
    this.#speakers ??= this.router.watchSpeakers((producerId) => this.#tellSpeaker(producerId))
    this.#speakers
      .then(async (speakers) => {
        for (const voice of this.#voices()) await speakers.add(voice.media.id)
      })
      .catch((error: unknown) =>
        this.log.warn({ roomId: this.roomId, err: error }, 'cannot watch who speaks'),
      )
  }

  #tellSpeaker(producerId: string | null): void {
    const speaker = this.#voices().find((voice) => voice.media.id === producerId)
    this.emit('activeSpeaker', { roomId: this.roomId, epoch: this.epoch, peerId: speaker?.peerId ?? null })
  }

  #voices() {
    return [...this.#peers.values()]
      .flatMap((peer) => [...peer.producers])
      .filter((producer) => producer.source === 'microphone')
  }
}
