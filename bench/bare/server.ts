import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as mediasoup from 'mediasoup'
import type { Producer, RtpCapabilities, WebRtcTransport } from 'mediasoup/types'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'

/**
 * The peer that the product is measured against: a page with nothing but mediasoup, mediasoup-client and a WebSocket.
 * No accounts, no waiting room, no record, no recovery.
 */
export async function startBare(
  workerBin: string,
  pageDir: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const worker = await mediasoup.createWorker({ workerBin, logLevel: 'error' })
  const webRtcServer = await worker.createWebRtcServer({
    listenInfos: [
      { protocol: 'udp', ip: '127.0.0.1' },
      { protocol: 'tcp', ip: '127.0.0.1' },
    ],
  })
  const router = await worker.createRouter({
    mediaCodecs: [
      { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
      { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
    ],
  })
  const files = new Map([
    ['/', { name: 'index.html', type: 'text/html' }],
    ['/page.js', { name: 'page.js', type: 'text/javascript' }],
  ])
  const http = createServer((request, response) => {
    const file = files.get(request.url ?? '')
    if (!file) return void response.writeHead(404).end()
    readFile(join(pageDir, file.name)).then(
      (bytes) => response.writeHead(200, { 'Content-Type': file.type }).end(bytes),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  const sockets = new WebSocketServer({ server: http })
  const peers = new Set<Peer>()

  type Peer = {
    socket: WebSocket
    send?: WebRtcTransport
    receive?: WebRtcTransport
    capabilities?: RtpCapabilities
    producers: Producer[]
  }
  type Request = { id: number; method: string; data: Record<string, never> }

  async function consume(peer: Peer, producer: Producer): Promise<void> {
    if (!peer.receive || !peer.capabilities) return
    const consumer = await peer.receive.consume({
      producerId: producer.id,
      rtpCapabilities: peer.capabilities,
      paused: true,
    })
    consumers.set(consumer.id, () => consumer.resume())
    const { id, producerId, kind, rtpParameters } = consumer
    peer.socket.send(JSON.stringify({ news: 'consumer', data: { id, producerId, kind, rtpParameters } }))
  }
  const consumers = new Map<string, () => Promise<void>>()

  async function answer(peer: Peer, { method, data }: Request): Promise<unknown> {
    switch (method) {
      case 'capabilities':
        return router.rtpCapabilities
      case 'start':
        for (const other of peers) if (other !== peer) other.socket.send(JSON.stringify({ news: 'start' }))
        return {}
      case 'open': {
        peer.capabilities = data['rtpCapabilities'] as unknown as RtpCapabilities
        const [send, receive] = await Promise.all([
          router.createWebRtcTransport({ webRtcServer }),
          router.createWebRtcTransport({ webRtcServer }),
        ])
        Object.assign(peer, { send, receive })
        for (const other of peers)
          if (other !== peer) for (const producer of other.producers) await consume(peer, producer)
        return [send, receive].map(({ id, iceParameters, iceCandidates, dtlsParameters }) => ({
          id,
          iceParameters,
          iceCandidates,
          dtlsParameters,
        }))
      }
      case 'connect':
        await (peer.send?.id === data['transportId'] ? peer.send : peer.receive)?.connect({
          dtlsParameters: data['dtlsParameters'] as never,
        })
        return {}
      case 'produce': {
        const producer = await peer.send?.produce({
          kind: data['kind'] as never,
          rtpParameters: data['rtpParameters'] as never,
        })
        if (!producer) throw new Error('no transport')
        peer.producers.push(producer)
        for (const other of peers) if (other !== peer) await consume(other, producer)
        return { id: producer.id }
      }
      case 'resume':
        await consumers.get(data['consumerId'] as unknown as string)?.()
        return {}
      default:
        throw new Error(`unknown method ${method}`)
    }
  }

  sockets.on('connection', (socket) => {
    const peer: Peer = { socket, producers: [] }
    peers.add(peer)
    socket.on('close', () => {
      peers.delete(peer)
      peer.send?.close()
      peer.receive?.close()
    })
    socket.on('message', (raw: Buffer) => {
      const request = JSON.parse(raw.toString()) as Request
      answer(peer, request).then(
        (data) => socket.send(JSON.stringify({ id: request.id, data })),
        (error: unknown) => socket.send(JSON.stringify({ id: request.id, error: String(error) })),
      )
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    url: `http://localhost:${port}/`,
    close: async () => {
      sockets.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
      worker.close()
    },
  }
}
