import { observer, type types } from 'mediasoup'
import { someDtls } from '#test/support/sfu.ts'

/** Every worker of this process, by process id, so that both sides' CPU time is read in the same way. */
export const workers = new Map<number, types.Worker>()

/** What takes RTP as it is: no ICE, no encryption, so that a program without a browser can send and receive. */
export type PlainMedia = types.PlainTransport

export function openPlain(router: types.Router): Promise<PlainMedia> {
  return router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: true,
    comedia: false,
  })
}

/**
 * From now on, every router of this process hands out plain transports dressed up as WebRTC ones: our SFU's own code
 * runs unchanged, and its transports can be fed without a browser. Gives them by id.
 */
export function dressPlainAsWebRtc(): Map<string, PlainMedia> {
  const transports = new Map<string, PlainMedia>()
  observer.on('newworker', (worker) => {
    workers.set(worker.pid, worker)
    worker.observer.on('newrouter', (router) => {
      router.createWebRtcTransport = (async () => {
        const transport = await openPlain(router)
        transports.set(transport.id, transport)
        return new Proxy(transport, {
          get(target, name) {
            if (Object.hasOwn(costume, name)) return costume[name as keyof typeof costume]
            const value: unknown = Reflect.get(target, name, target)
            return typeof value === 'function' ? (value.bind(target) as unknown) : value
          },
        })
      }) as unknown as typeof router.createWebRtcTransport
    })
  })
  return transports
}

const costume = {
  iceParameters: { usernameFragment: 'none', password: 'none' },
  iceCandidates: [],
  iceState: 'completed',
  iceSelectedTuple: undefined,
  dtlsParameters: someDtls,
  dtlsState: 'connected',
  connect: () => Promise.resolve(),
} as const
