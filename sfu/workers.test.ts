import assert from 'node:assert/strict'
import { leastLoaded } from './workers.ts'

describe('choosing a media worker', () => {
  const worker = (name: string, streams: number[], misses = 0) => ({
    name,
    misses,
    tenants: streams.map((count) => ({ streams: () => count })),
  })

  it('takes the one with the fewest streams', () => {
    assert.equal(leastLoaded([worker('busy', [30]), worker('calm', [12])])?.name, 'calm')
  })

  it('counts a room that has just been opened as the visit that it will be', () => {
    assert.equal(
      leastLoaded([worker('three new visits', [0, 0, 0]), worker('one group', [20])])?.name,
      'one group',
    )
  })

  it('avoids one that does not answer, unless there is no other', () => {
    assert.equal(leastLoaded([worker('hung', [], 1), worker('busy', [90])])?.name, 'busy')
    assert.equal(leastLoaded([worker('hung', [], 1)])?.name, 'hung')
    assert.equal(leastLoaded([]), undefined)
  })
})
