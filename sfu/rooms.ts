import { performance } from 'node:perf_hooks'
import { SfuError } from '#shared/sfu.ts'
import type { EmitSfuEvent } from '#shared/sfu-events.ts'
import { limits } from './limits.ts'
import type { SfuLog } from './log.ts'
import { Room, type RoomLostReason } from './room.ts'
import type { WorkerPool } from './workers.ts'

export interface RoomsOptions {
  pool: WorkerPool
  emit: EmitSfuEvent
  log: SfuLog
  times?: RoomTimes
}

export interface RoomTimes {
  idleRoomMs: number
  deadRoomMs: number
  sweepMs: number
}

const epochsRemembered = 10_000

/** All rooms of this SFU. Fences by epoch, closes what was forgotten, and lets no new room in while draining. */
export class Rooms {
  readonly #options: RoomsOptions
  readonly #times: RoomTimes
  readonly #rooms = new Map<string, Room>()
  readonly #opening = new Map<Room, Promise<void>>()
  /** The newest epoch of each room seen, also after it was closed: a late command must not open an old one again. */
  readonly #epochs = new Map<string, number>()
  readonly #sweeper: NodeJS.Timeout
  #drainTimer: NodeJS.Timeout | undefined
  #draining = false
  #emptied = Promise.withResolvers<void>()
  #steered = true
  #unsteeredSince: number | undefined

  constructor(options: RoomsOptions) {
    this.#options = options
    this.#times = options.times ?? { ...limits, sweepMs: 5000 }
    this.#sweeper = setInterval(() => this.sweep(performance.now()), this.#times.sweepMs)
    this.#sweeper.unref()
  }

  get draining(): boolean {
    return this.#draining
  }

  /** Whether any server steers this SFU. Rooms outlive their server for two minutes. */
  get steered(): boolean {
    return this.#steered
  }

  set steered(steered: boolean) {
    this.#steered = steered
  }

  count(): { rooms: number; peers: number } {
    const rooms = [...this.#rooms.values()]
    return { rooms: rooms.length, peers: rooms.reduce((total, room) => total + room.peerCount, 0) }
  }

  /** Opens the room or finds it open. A newer epoch replaces it. */
  async open(roomId: string, epoch: number): Promise<{ room: Room; created: boolean }> {
    const known = this.#rooms.get(roomId)
    if (known?.epoch === epoch) {
      await this.#opening.get(known)
      return { room: known, created: false }
    }
    this.#fence(roomId, epoch)
    if (this.#draining) throw new SfuError('draining', 'this SFU takes no new rooms')
    known?.close('superseded')
    const room = new Room({ roomId, epoch, ...this.#options, closed: (closed) => this.#forget(closed) })
    this.#rooms.set(roomId, room)
    this.#remember(roomId, epoch)
    const opening = this.#options.pool.rent(room).then((router) => room.start(router))
    this.#opening.set(room, opening)
    try {
      await opening
      return { room, created: true }
    } catch (error) {
      room.close(null)
      throw error
    } finally {
      this.#opening.delete(room)
    }
  }

  /** The room as it is open now. Throws `stale_epoch` or `room_not_found`. */
  get(roomId: string, epoch: number): Room {
    this.#fence(roomId, epoch)
    const room = this.#rooms.get(roomId)
    if (room?.epoch !== epoch) throw new SfuError('room_not_found', 'the room is not open here')
    return room
  }

  close(roomId: string, epoch: number): void {
    this.#fence(roomId, epoch)
    const room = this.#rooms.get(roomId)
    if (room?.epoch === epoch) room.close(null)
  }

  /** Takes no new rooms; settles when the last room has ended, or was ended at the deadline. */
  drain(deadlineMs: number): Promise<void> {
    this.#draining = true
    this.#options.emit('sfuDraining', { deadlineMs })
    clearTimeout(this.#drainTimer)
    this.#drainTimer = setTimeout(() => this.closeAll('drained'), deadlineMs)
    if (this.#rooms.size === 0) this.#emptied.resolve()
    return this.#emptied.promise
  }

  closeAll(reason: RoomLostReason): void {
    for (const room of [...this.#rooms.values()]) room.close(reason)
  }

  /** Ends what was forgotten. `nowMs`: any steady clock. */
  sweep(nowMs: number): void {
    this.#unsteeredSince = this.#steered ? undefined : (this.#unsteeredSince ?? nowMs)
    if (this.#unsteeredSince !== undefined && nowMs - this.#unsteeredSince >= this.#times.idleRoomMs) {
      this.closeAll('idle')
    }
    for (const room of [...this.#rooms.values()]) if (room.abandoned(nowMs, this.#times)) room.close('idle')
  }

  stop(): void {
    this.#draining = true
    clearInterval(this.#sweeper)
    this.closeAll('drained')
    clearTimeout(this.#drainTimer)
  }

  #fence(roomId: string, epoch: number): void {
    const newest = this.#epochs.get(roomId)
    if (newest !== undefined && epoch < newest)
      throw new SfuError('stale_epoch', `the room is at epoch ${newest}`)
  }

  #remember(roomId: string, epoch: number): void {
    this.#epochs.delete(roomId)
    this.#epochs.set(roomId, epoch)
    if (this.#epochs.size <= epochsRemembered) return
    for (const oldest of this.#epochs.keys()) {
      if (this.#rooms.has(oldest)) continue
      this.#epochs.delete(oldest)
      return
    }
  }

  #forget(room: Room): void {
    if (this.#rooms.get(room.roomId) === room) this.#rooms.delete(room.roomId)
    this.#options.pool.leave(room)
    if (!this.#draining || this.#rooms.size > 0) return
    clearTimeout(this.#drainTimer)
    this.#emptied.resolve()
  }
}
