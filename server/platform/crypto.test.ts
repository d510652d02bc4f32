import { deepEqual, equal, notDeepEqual, throws } from 'node:assert/strict'
import { deriveKeys, newToken, seal, unseal } from './crypto.ts'

const keys = deriveKeys('a-root-secret-that-is-long-enough-for-this')
const picture = Buffer.from('bytes of a picture')

describe('The keys', () => {
  it('are all different, and the same again from the same secret', () => {
    const all = Object.values(keys).map((key) => key.toString('hex'))
    equal(new Set(all).size, all.length)
    deepEqual(deriveKeys('a-root-secret-that-is-long-enough-for-this'), keys)
    notDeepEqual(deriveKeys('another-root-secret-that-is-long-enough'), keys)
  })
})

describe('What is sealed', () => {
  it('opens with the same key at the same place', () => {
    deepEqual(unseal(keys.blob, seal(keys.blob, picture, 'a'), 'a'), picture)
  })

  it('looks different each time', () => {
    notDeepEqual(seal(keys.blob, picture, 'a'), seal(keys.blob, picture, 'a'))
  })

  it('does not open elsewhere, with another key, or with one bit changed', () => {
    const sealed = seal(keys.blob, picture, 'a')
    throws(() => unseal(keys.blob, sealed, 'b'))
    throws(() => unseal(keys.link, sealed, 'a'))
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      throws(() => unseal(keys.blob, changed, 'a'), `byte ${at}`)
    }
    throws(() => unseal(keys.blob, sealed.subarray(0, 20), 'a'))
  })
})

describe('A token', () => {
  it('has 256 bits that fit into a cookie and an address', () => {
    equal(/^[A-Za-z0-9_-]{43}$/.test(newToken()), true)
    equal(new Set(Array.from({ length: 1000 }, newToken)).size, 1000)
  })
})
