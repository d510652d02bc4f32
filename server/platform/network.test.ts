import assert from 'node:assert/strict'
import { DomainError } from '#shared/errors.ts'
import { TestClock } from '#test/support/test-clock.ts'
import { createLimiter } from './limit.ts'
import { networkOf } from './network.ts'

describe('The place that a call comes from', () => {
  it('is an IPv4 address, however it is written', () => {
    assert.equal(networkOf('203.0.113.7'), '203.0.113.7')
    assert.equal(networkOf('::ffff:203.0.113.7'), '203.0.113.7')
    assert.equal(networkOf('::FFFF:203.0.113.7'), '203.0.113.7')
    assert.notEqual(networkOf('203.0.113.7'), networkOf('203.0.113.8'))
  })

  it('is the first half of an IPv6 address, however it is shortened', () => {
    const place = '2001:db8:0:7::/64'
    for (const address of [
      '2001:db8:0:7::1',
      '2001:db8:0:7:ffff:ffff:ffff:ffff',
      '2001:0DB8:0000:0007:0:0:0:2',
      '2001:db8:0:7:1::192.0.2.1',
      '2001:db8:0:7::1%eth0',
    ])
      assert.equal(networkOf(address), place, address)
    assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64')
    assert.equal(networkOf('::1'), '0:0:0:0::/64')
    assert.equal(networkOf('fe80::1'), 'fe80:0:0:0::/64')
    assert.notEqual(networkOf('2001:db8:0:8::1'), place)
  })

  it('stays as it is when it is no address', () => {
    assert.equal(networkOf(''), '')
    assert.equal(networkOf('unknown'), 'unknown')
  })

  it('has one purse, whichever of its addresses is used', () => {
    const limiter = createLimiter(new TestClock())
    assert.throws(() => {
      for (let n = 0; n < 50; n++) limiter.spend('auth', networkOf(`2001:db8:0:7::${n.toString(16)}`))
    }, DomainError)
  })
})
