import assert from 'node:assert/strict'
import { opusParameters, vp8Parameters } from '#test/support/sfu.ts'
import { forClients, requireKind } from './codecs.ts'

describe('what a room speaks', () => {
  it('leaves phones to turn their picture themselves', () => {
    const uris = ['urn:3gpp:video-orientation', 'urn:ietf:params:rtp-hdrext:toffset']
    const headerExtensions = uris.map((uri, index) => ({ kind: 'video', uri, preferredId: index + 1 }))
    assert.deepEqual(
      forClients({ codecs: [], headerExtensions }).headerExtensions?.map(({ uri }) => uri),
      ['urn:ietf:params:rtp-hdrext:toffset'],
    )
  })

  it('does not take a picture for a voice', () => {
    assert.throws(() => requireKind('audio', vp8Parameters(1)), { code: 'bad_parameters' })
    requireKind('audio', opusParameters(1))
    requireKind('video', vp8Parameters(1))
  })
})
