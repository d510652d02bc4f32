import assert from 'node:assert/strict'
import { startWorld } from '#test/support/world.ts'

describe('calls from an IPv6 line', function () {
  this.timeout(30_000)

  it('share one limit, whichever of its addresses they come from', async () => {
    const world = await startWorld({ settings: { TRUSTED_PROXIES: '1' } })
    try {
      const from = async (address: string) => {
        const headers = { 'x-forwarded-for': address, 'x-bedside': '1', 'content-type': 'application/json' }
        const options = { method: 'POST', headers, body: '{}' }
        return (await fetch(`${world.server().url}/api/session`, options)).status
      }
      const statuses = new Set<number>()
      for (let n = 1; n < 40; n++) statuses.add(await from(`2001:db8:0:7::${n.toString(16)}`))
      assert.ok(statuses.has(429), [...statuses].join(' '))
      assert.notEqual(await from('2001:db8:0:8::1'), 429, 'the neighbours are not in it')
    } finally {
      await world.close()
    }
  })
})
