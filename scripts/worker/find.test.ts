import assert from 'node:assert/strict'
import { cachedWorker } from './find.ts'

describe('Where the mediasoup worker is kept', () => {
  it('is outside the checkout, so that a second clone starts in seconds', () => {
    assert.equal(
      cachedWorker({}, '/home/ada', '3.27.1-linux-x64'),
      '/home/ada/.cache/bedside/mediasoup-worker/3.27.1-linux-x64/mediasoup-worker',
    )
  })

  it('follows the cache folder that the user chose, and takes an empty choice for none', () => {
    assert.match(cachedWorker({ XDG_CACHE_HOME: '/big/cache' }, '/home/ada', 'k'), /^\/big\/cache\/bedside\//)
    assert.match(cachedWorker({ XDG_CACHE_HOME: '' }, '/home/ada', 'k'), /^\/home\/ada\/\.cache\/bedside\//)
  })
})
