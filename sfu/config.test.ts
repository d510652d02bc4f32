import assert from 'node:assert/strict'
import { parseConfig } from './config.ts'

const secret = '0f5d1c6be2a94783b1d07e6c5a8f3924'

describe('the settings of an SFU', () => {
  it('need no more than a secret', () => {
    const config = parseConfig({ SFU_SECRET: secret, RTC_PORT: '' })
    assert.deepEqual(config.control, { host: '127.0.0.1', port: 4443, secret })
    assert.equal(config.media.listenIp, '127.0.0.1')
    assert.equal(config.media.workerBin, null)
  })

  it('open the media port to all when an address to announce is given', () => {
    const config = parseConfig({
      SFU_SECRET: secret,
      RTC_ANNOUNCED_ADDRESS: 'sfu.example.org',
      SFU_LISTEN: '[::]:5000',
    })
    assert.equal(config.media.listenIp, '0.0.0.0')
    assert.deepEqual([config.control.host, config.control.port], ['::', 5000])
  })

  it('are judged all at once', () => {
    const bad = {
      SFU_LISTEN: 'everywhere',
      SFU_SECRET: 'short',
      RTC_LISTEN_IP: '0.0.0.0',
      RTC_PORT: '70000',
      MEDIASOUP_WORKERS: '0',
      LOG_LEVEL: 'loud',
    }
    assert.throws(
      () => parseConfig(bad),
      ({ message }: Error) =>
        [
          'SFU_LISTEN',
          'SFU_SECRET',
          'RTC_PORT',
          'MEDIASOUP_WORKERS',
          'LOG_LEVEL',
          'RTC_ANNOUNCED_ADDRESS',
        ].every((name) => message.includes(`- ${name} `)) && !message.includes('short\n'),
    )
  })

  it('refuse a missing secret, and a sample in production', () => {
    assert.throws(() => parseConfig({}), /SFU_SECRET is missing/)
    assert.throws(
      () => parseConfig({ NODE_ENV: 'production', SFU_SECRET: 'x'.repeat(40) }),
      /looks like a sample/,
    )
  })
})
