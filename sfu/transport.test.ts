import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { someDtls } from '#test/support/sfu.ts'
import type { MediaTransport, MediaTransportState } from './engine.ts'
import { PeerTransport } from './transport.ts'

describe('a transport', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  it('ends when the browser never finishes the handshake', async () => {
    const { transport, told } = aTransport()
    await transport.connect(someDtls)
    mock.timers.tick(19_999)
    assert.deepEqual(told, [])
    mock.timers.tick(1)
    assert.deepEqual(told, ['lost: dtls_timeout', 'media closed', 'closed'])
    transport.close()
    assert.equal(told.length, 3)
  })

  it('stays when the handshake is done in time', async () => {
    const { transport, told, become } = aTransport()
    await transport.connect(someDtls)
    become({ ice: 'completed', dtls: 'connected', protocol: 'udp' })
    mock.timers.tick(60_000)
    assert.deepEqual(told, ['completed connected udp'])
  })

  it('waits without end for a browser that has not begun', () => {
    const { told } = aTransport()
    mock.timers.tick(60_000)
    assert.deepEqual(told, [])
  })

  it('survives a network that went away, and ends with its encryption', async () => {
    const { transport, told, become } = aTransport()
    await transport.connect(someDtls)
    become({ ice: 'completed', dtls: 'connected', protocol: 'udp' })
    become({ ice: 'disconnected', dtls: 'connected', protocol: 'udp' })
    assert.equal(transport.closed, false)
    become({ ice: 'disconnected', dtls: 'closed', protocol: 'udp' })
    assert.equal(transport.closed, true)
    assert.deepEqual(told.slice(-3), ['lost: dtls_closed', 'media closed', 'closed'])
  })

  it('can be connected again after parameters that were refused', async () => {
    const { transport, refuseNext } = aTransport()
    refuseNext()
    await assert.rejects(transport.connect(someDtls), /bad certificate/)
    assert.equal(transport.connectCalled, false)
    await transport.connect(someDtls)
    assert.equal(transport.connectCalled, true)
  })
})

/** Stands for a browser's end that behaves as told, which no real one does. */
function aTransport() {
  const told: string[] = []
  let state: MediaTransportState = { ice: 'new', dtls: 'new', protocol: null }
  let tell: (state: MediaTransportState) => void = () => undefined
  let refuse = false
  const media: MediaTransport = {
    options: {
      transportId: 't',
      iceParameters: { usernameFragment: 'u', password: 'p' },
      iceCandidates: [],
      dtlsParameters: someDtls,
    },
    closed: false,
    state: () => state,
    onState: (listener) => void (tell = listener),
    connect: () => {
      const refused = refuse
      refuse = false
      return refused ? Promise.reject(new Error('bad certificate')) : Promise.resolve()
    },
    restartIce: () => Promise.reject(new Error('not used')),
    produce: () => Promise.reject(new Error('not used')),
    consume: () => Promise.reject(new Error('not used')),
    stats: () => Promise.reject(new Error('not used')),
    close: () => void told.push('media closed'),
  }
  const transport = new PeerTransport('send', media, {
    stateChanged: ({ ice, dtls, protocol }) => void told.push(`${ice} ${dtls} ${protocol}`),
    lost: (reason) => void told.push(`lost: ${reason}`),
    closed: () => void told.push('closed'),
  })
  return {
    transport,
    told,
    become: (next: MediaTransportState) => {
      state = next
      tell(next)
    },
    refuseNext: () => void (refuse = true),
  }
}
