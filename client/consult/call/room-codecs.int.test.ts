import assert from 'node:assert/strict'
import { aSfu } from '#test/support/sfu.ts'
import { sortedJson } from './mediasoup.ts'
import { roomCodecs } from './room-codecs.ts'

describe('The codecs that the browser knows beforehand', () => {
  it('are those of the rooms, so that a call opens in one round trip', async () => {
    const sfu = await aSfu()
    try {
      const { rtpCapabilities } = await sfu.control.call('openRoom', { roomId: 'some-room', epoch: 1 })
      assert.equal(sortedJson(roomCodecs), sortedJson(rtpCapabilities))
    } finally {
      await sfu.close()
    }
  })
})
