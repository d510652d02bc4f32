import { Device } from 'mediasoup-client'
import type { RtpParameters, TransportOptions } from 'mediasoup-client/types'

declare global {
  interface Window {
    /** Milliseconds from the click on "Join" to the first decoded remote frame. */
    firstFrameMs?: number
    ready?: boolean
  }
}

const waiting = new Map<number, { resolve: (data: never) => void; reject: (error: Error) => void }>()
const socket = new WebSocket(location.href.replace('http', 'ws'))
let last = 0
let consumers: { id: string; producerId: string; kind: 'audio' | 'video'; rtpParameters: RtpParameters }[] =
  []
let receive: { consume(consumer: (typeof consumers)[number]): Promise<void> } | undefined
let started = 0

function ask<T>(method: string, data: unknown = {}): Promise<T> {
  const id = ++last
  socket.send(JSON.stringify({ id, method, data }))
  return new Promise<T>((resolve, reject) => waiting.set(id, { resolve, reject }))
}

socket.onmessage = ({ data }: MessageEvent<string>) => {
  const message = JSON.parse(data) as { id?: number; data: never; error?: string; news?: string }
  if (message.id !== undefined) {
    const request = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) request?.reject(new Error(message.error))
    else request?.resolve(message.data)
  } else if (message.news === 'start') void call()
  else if (message.news === 'consumer') {
    if (receive) void receive.consume(message.data)
    else consumers.push(message.data)
  }
}

const media = navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 1280, height: 720 } })
const device = new Device()

async function call(): Promise<void> {
  const [sendOptions, receiveOptions] = await ask<[TransportOptions, TransportOptions]>('open', {
    rtpCapabilities: device.recvRtpCapabilities,
  })
  const send = device.createSendTransport(sendOptions)
  const incoming = device.createRecvTransport(receiveOptions)
  for (const transport of [send, incoming]) {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      ask('connect', { transportId: transport.id, dtlsParameters }).then(done, failed)
    })
  }
  send.on('produce', ({ kind, rtpParameters }, done, failed) => {
    ask<{ id: string }>('produce', { kind, rtpParameters }).then(done, failed)
  })
  receive = {
    async consume(options) {
      const consumer = await incoming.consume(options)
      await ask('resume', { consumerId: consumer.id })
      if (consumer.kind !== 'video') return
      const video = document.querySelector('video')
      if (!video) throw new Error('no video element')
      video.requestVideoFrameCallback(() => (window.firstFrameMs = performance.now() - started))
      video.srcObject = new MediaStream([consumer.track])
    },
  }
  for (const consumer of consumers) void receive.consume(consumer)
  consumers = []
  const stream = await media
  const encodings = [
    { scaleResolutionDownBy: 4, maxBitrate: 150_000 },
    { scaleResolutionDownBy: 2, maxBitrate: 500_000 },
    { scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
  ]
  for (const track of stream.getTracks())
    void send.produce({ track, ...(track.kind === 'video' ? { encodings } : {}) })
}

document.querySelector('button')?.addEventListener('click', () => {
  started = performance.now()
  void ask('start')
  void call()
})

socket.onopen = () => {
  void ask<never>('capabilities')
    .then((routerRtpCapabilities) => device.load({ routerRtpCapabilities }))
    .then(() => media)
    .then(() => (window.ready = true))
}
