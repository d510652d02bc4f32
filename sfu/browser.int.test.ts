import assert from 'node:assert/strict'
import { join } from 'node:path'
import type * as mediasoupClient from 'mediasoup-client'
import type { types } from 'mediasoup-client'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build } from 'vite'
import type { SfuCommand, SfuControl } from '#shared/sfu.ts'
import { aSfu, found, recordEvents } from '#test/support/sfu.ts'
import { findProgram } from '#scripts/system-packages.ts'
import { waitFor } from '#test/support/wait-for.ts'
import type { Sfu } from './index.ts'

/** What the page under test has in its global scope: mediasoup-client, the way to the SFU, and what it keeps. */
interface TestPage {
  mediasoupClient: typeof mediasoupClient
  control(name: string, request: object): Promise<never>
  device: types.Device
  sendTransport: types.Transport
  recvTransport: types.Transport
  videos: Map<string, HTMLVideoElement>
}

describe('a real browser at the SFU', function () {
  this.timeout(60_000)
  let sfu: Sfu
  let control: SfuControl
  let browser: Browser
  let library: string

  before(async () => {
    library = await bundleMediasoupClient()
    browser = await chromium.launch({
      executablePath: findProgram('chromium') ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    })
  })
  after(() => browser.close())
  beforeEach(async () => {
    sfu = await aSfu()
    control = sfu.control
  })
  afterEach(() => sfu.close())

  /** A page with a loaded device and both transports, in the room as this peer. */
  async function aBrowserPeer(roomId: string, peerId: string, epoch = 1): Promise<Page> {
    const page = await browser.newPage()
    await page.route('http://localhost/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<body>' }),
    )
    await page.goto('http://localhost/')
    await page.addScriptTag({ content: library })
    await page.exposeFunction('control', (name: SfuCommand, request: never) => control.call(name, request))
    await enters(page, roomId, peerId, epoch)
    return page
  }

  async function enters(page: Page, roomId: string, peerId: string, epoch: number): Promise<void> {
    const { rtpCapabilities } = await control.call('openRoom', { roomId, epoch })
    await control.call('addPeer', { roomId, epoch, peerId })
    await page.evaluate(
      async ({ at, rtpCapabilities }) => {
        const here = globalThis as unknown as TestPage
        here.device = await here.mediasoupClient.Device.factory()
        await here.device.load({ routerRtpCapabilities: rtpCapabilities as types.RtpCapabilities })
        here.videos = new Map()
        for (const direction of ['send', 'recv'] as const) {
          const { transportId, ...options } = (await here.control('createTransport', {
            ...at,
            direction,
          })) as {
            transportId: string
          } & types.TransportOptions
          const transport =
            direction === 'send'
              ? here.device.createSendTransport({ ...options, id: transportId })
              : here.device.createRecvTransport({ ...options, id: transportId })
          transport.on('connect', ({ dtlsParameters }, done, failed) => {
            here.control('connectTransport', { ...at, transportId, dtlsParameters }).then(done, failed)
          })
          transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
            const request = { ...at, transportId, kind, rtpParameters, ...appData }
            here.control('produce', request).then(({ producerId }) => done({ id: producerId }), failed)
          })
          if (direction === 'send') here.sendTransport = transport
          else here.recvTransport = transport
        }
      },
      { at: { roomId, epoch, peerId }, rtpCapabilities },
    )
  }

  async function sendsCameraAndVoice(page: Page, key = 'first'): Promise<void> {
    await page.evaluate(async (key) => {
      const here = globalThis as unknown as TestPage
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: true,
        video: { width: 1280, height: 720 },
      })
      const [camera] = stream.getVideoTracks()
      const [microphone] = stream.getAudioTracks()
      await here.sendTransport.produce({
        track: microphone!,
        stopTracks: false,
        codecOptions: { opusFec: true, opusDtx: true, opusNack: true },
        appData: { source: 'microphone', idempotencyKey: `voice-${key}` },
      })
      await here.sendTransport.produce({
        track: camera!,
        stopTracks: false,
        encodings: [
          { maxBitrate: 150_000, scaleResolutionDownBy: 4 },
          { maxBitrate: 500_000, scaleResolutionDownBy: 2 },
          { maxBitrate: 1_500_000, scaleResolutionDownBy: 1 },
        ],
        appData: { source: 'camera', idempotencyKey: `camera-${key}` },
      })
    }, key)
  }

  /** Receives all that there is and plays it. Gives the consumers' ids by kind. */
  async function receives(page: Page, at: { roomId: string; epoch: number; peerId: string }) {
    return page.evaluate(async (at) => {
      const here = globalThis as unknown as TestPage
      const rtpCapabilities = here.device.recvRtpCapabilities
      const { consumers } = (await here.control('setRecvReady', { ...at, rtpCapabilities })) as {
        consumers: { consumerId: string; producerId: string; kind: 'audio' | 'video'; rtpParameters: never }[]
      }
      const ids: Record<string, string> = {}
      for (const { consumerId, producerId, kind, rtpParameters } of consumers) {
        const consumer = await here.recvTransport.consume({ id: consumerId, producerId, kind, rtpParameters })
        const video = document.createElement('video')
        video.muted = true
        video.autoplay = true
        video.srcObject = new MediaStream([consumer.track])
        document.body.append(video)
        here.videos.set(consumerId, video)
        await here.control('resumeConsumer', { ...at, consumerId })
        ids[kind] = consumerId
      }
      return ids
    }, at)
  }

  const pictureOf = (page: Page, consumerId: string) =>
    page.evaluate((consumerId) => {
      const video = (globalThis as unknown as TestPage).videos.get(consumerId)
      return { width: video?.videoWidth ?? 0, frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0 }
    }, consumerId)

  it('sees the other in three sizes, and again after a change of network', async () => {
    const doctor = await aBrowserPeer('room', 'doctor')
    const patient = await aBrowserPeer('room', 'patient')
    const states = recordEvents(control, 'transportState', 'layersChanged', 'peerMediaLost')
    const at = { roomId: 'room', epoch: 1, peerId: 'patient' }
    await sendsCameraAndVoice(doctor)
    const ids = await receives(patient, at)
    const camera = ids['video'] ?? ''
    assert.ok(ids['audio'])
    await waitFor('the full picture', async () => (await pictureOf(patient, camera)).width === 1280, 20_000)

    await control.call('setPreferredLayers', { ...at, consumerId: camera, layers: { spatialLayer: 0 } })
    await waitFor('the small picture', async () => (await pictureOf(patient, camera)).width === 320)
    await control.call('setPreferredLayers', { ...at, consumerId: camera, layers: { spatialLayer: 2 } })

    const stats = await control.call('peerStats', at)
    const receiving = stats.transports.find(({ direction }) => direction === 'recv')
    assert.deepEqual([receiving?.dtls, receiving?.protocol], ['connected', 'udp'])
    assert.ok(stats.consumers.every(({ bitrate }) => bitrate > 0))

    // A new pair of credentials, as after a change of network, on the same transport.
    for (const [page, peerId, name] of [
      [doctor, 'doctor', 'sendTransport'],
      [patient, 'patient', 'recvTransport'],
    ] as const) {
      const transportId = await page.evaluate((name) => (globalThis as unknown as TestPage)[name].id, name)
      const { iceParameters } = await control.call('restartIce', { ...at, peerId, transportId })
      await page.evaluate(
        ({ name, iceParameters }) => (globalThis as unknown as TestPage)[name].restartIce({ iceParameters }),
        { name, iceParameters },
      )
    }
    const { frames } = await pictureOf(patient, camera)
    await waitFor('the picture goes on', async () => (await pictureOf(patient, camera)).frames > frames + 30)
    assert.ok(!states.some(({ name }) => name === 'peerMediaLost'))
    await Promise.all([doctor.close(), patient.close()])
  })

  it('is back in the room after its media worker was killed', async () => {
    const doctor = await aBrowserPeer('room', 'doctor')
    const patient = await aBrowserPeer('room', 'patient')
    const at = { roomId: 'room', epoch: 1, peerId: 'patient' }
    await sendsCameraAndVoice(doctor)
    const camera = (await receives(patient, at))['video'] ?? ''
    await waitFor('a first picture', async () => (await pictureOf(patient, camera)).frames > 5, 20_000)

    const lost = recordEvents(control, 'roomLost')
    const [worker] = (await control.call('load', {})).workers
    const killedAt = performance.now()
    process.kill(worker?.pid ?? 0, 'SIGKILL')
    await found('the loss is told', () => lost[0])
    await enters(doctor, 'room', 'doctor', 2)
    await enters(patient, 'room', 'patient', 2)
    await sendsCameraAndVoice(doctor, 'again')
    const again = (await receives(patient, { ...at, epoch: 2 }))['video'] ?? ''
    await waitFor('a picture again', async () => (await pictureOf(patient, again)).frames > 1, 20_000)
    const tookMs = performance.now() - killedAt
    assert.ok(tookMs < 5000, `${tookMs} ms`)
    await Promise.all([doctor.close(), patient.close()])
  })

  for (const protocol of ['udp', 'tcp'] as const) {
    it(`finds out in the device check whether it gets through by ${protocol.toUpperCase()}`, async () => {
      const page = await aBrowserPeer('room', 'patient')
      const probe = await control.call('openProbe', { probeId: 'check', protocol })
      await page.evaluate(async ({ transportId, ...options }) => {
        const here = globalThis as unknown as TestPage
        const transport = here.device.createSendTransport({
          ...(options as types.TransportOptions),
          id: transportId,
        })
        const probeId = 'check'
        transport.on('connect', ({ dtlsParameters }, done, failed) => {
          here.control('connectProbe', { probeId, dtlsParameters }).then(done, failed)
        })
        transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
          const request = { probeId, kind, rtpParameters }
          here.control('produceProbe', request).then(({ producerId }) => done({ id: producerId }), failed)
        })
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
        await transport.produce({ track: stream.getAudioTracks()[0]!, stopTracks: false })
      }, probe.transport)
      const stats = await waitFor('sound arrives', async () => {
        const now = await control.call('probeStats', { probeId: 'check' })
        return now.recvBitrate > 0 && now
      })
      assert.ok(stats)
      assert.deepEqual([stats.protocol, stats.dtls], [protocol, 'connected'])
      await page.close()
    })
  }
})

async function bundleMediasoupClient(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: join(import.meta.dirname, '../node_modules/mediasoup-client/lib/index.js'),
        formats: ['iife'],
        name: 'mediasoupClient',
      },
    },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (!output || !('output' in output)) throw new Error('nothing was bundled')
  return output.output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('\n')
}
