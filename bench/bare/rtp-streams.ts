import { createSocket, type Socket } from 'node:dgram'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import type { RtpParameters } from '#shared/rtp.ts'

const audioLevelId = 1
const audioLevelUri = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level'

/** 50 packets per second, and the level of the voice in each, as browsers send it. */
export function voiceParameters(ssrc: number): RtpParameters {
  return {
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        rtcpFeedback: [{ type: 'nack' }],
      },
    ],
    headerExtensions: [{ uri: audioLevelUri, id: audioLevelId }],
    encodings: [{ ssrc }],
    rtcp: { cname: `${ssrc}` },
  }
}

/** About 2 Mbit/s: 240 packets per second of 1,100 bytes, with a key frame every other second. */
export function pictureParameters(ssrc: number): RtpParameters {
  return {
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
      },
    ],
    encodings: [{ ssrc }],
    rtcp: { cname: `${ssrc}` },
  }
}

export interface StreamTarget {
  kind: 'audio' | 'video'
  ssrc: number
  port: number
}

interface Stream extends StreamTarget {
  sequence: number
  timestamp: number
  packets: number
}

const perSecond = { audio: 50, video: 240 }

/** Sends synthetic streams over one socket per target port, at their rates, while `during` runs. */
export class RtpSender {
  readonly #streams: Stream[]
  readonly #sockets = new Map<number, Socket>()

  constructor(targets: StreamTarget[]) {
    this.#streams = targets.map((target) => ({ ...target, sequence: 1, timestamp: 1, packets: 0 }))
  }

  /** Opens a socket for each port. Gives the local ports, for transports that want to know where packets come from. */
  async open(): Promise<Map<number, number>> {
    const localPorts = new Map<number, number>()
    for (const { port } of this.#streams) {
      if (this.#sockets.has(port)) continue
      const socket = createSocket('udp4')
      socket.bind(0, '127.0.0.1')
      await once(socket, 'listening')
      this.#sockets.set(port, socket)
      localPorts.set(port, socket.address().port)
    }
    return localPorts
  }

  async sendDuring<T>(during: () => Promise<T>): Promise<T> {
    const startedAt = performance.now()
    const already = this.#streams.map(({ packets }) => packets)
    const timer = setInterval(() => {
      const seconds = (performance.now() - startedAt) / 1000
      this.#streams.forEach((stream, index) => {
        const due = (already[index] ?? 0) + Math.floor(seconds * perSecond[stream.kind])
        while (stream.packets < due)
          this.#sockets.get(stream.port)?.send(nextPacket(stream), stream.port, '127.0.0.1')
      })
    }, 4)
    try {
      return await during()
    } finally {
      clearInterval(timer)
    }
  }

  close(): void {
    for (const socket of this.#sockets.values()) socket.close()
  }
}

function nextPacket(stream: Stream): Buffer {
  const { kind, packets } = stream
  stream.packets++
  stream.sequence = (stream.sequence + 1) & 0xffff
  // Eight packets make a frame, 30 frames a second.
  const startsFrame = kind === 'video' && packets % 8 === 0
  if (kind === 'audio') stream.timestamp += 960
  else if (startsFrame) stream.timestamp += 3000
  const header = Buffer.alloc(12)
  header[0] = kind === 'audio' ? 0x90 : 0x80
  header[1] = kind === 'audio' ? 111 : packets % 8 === 7 ? 96 | 0x80 : 96
  header.writeUInt16BE(stream.sequence, 2)
  header.writeUInt32BE(stream.timestamp >>> 0, 4)
  header.writeUInt32BE(stream.ssrc, 8)
  if (kind === 'audio') {
    const level = Buffer.from([0xbe, 0xde, 0, 1, audioLevelId << 4, 0x80 | (20 + (packets % 20)), 0, 0])
    return Buffer.concat([header, level, Buffer.alloc(80, 1)])
  }
  const payload = Buffer.alloc(1100, 1)
  // VP8 descriptor: start of partition; then the frame's first byte, whose lowest bit is 0 in a key frame.
  payload[0] = startsFrame ? 0x10 : 0x00
  payload[1] = packets % 480 === 0 ? 0x00 : 0x01
  payload.set([0x9d, 0x01, 0x2a, 0x00, 0x05, 0xd0, 0x02], 4)
  return Buffer.concat([header, payload])
}

/** Where packets go to be dropped by the kernel: a bound port that nobody reads, so that receiving costs no CPU. */
export async function openSink(): Promise<{ port: number; close(): void }> {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '-e',
      "const s=require('dgram').createSocket('udp4');s.bind(0,'127.0.0.1',()=>process.send(s.address().port))",
    ],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  )
  const [port] = (await once(child, 'message')) as [number]
  child.kill('SIGSTOP')
  return { port, close: () => void child.kill('SIGKILL') }
}
