import { equal, ok } from 'node:assert/strict'
import { srgbProfile } from './srgb-profile.ts'

/** Where a tag's data begin. */
function placeOf(profile: Buffer, name: string): number {
  const entry = Array.from({ length: profile.readUInt32BE(128) }, (_, tag) => 132 + 12 * tag).find(
    (at) => profile.toString('latin1', at, at + 4) === name,
  )
  ok(entry !== undefined, name)
  return profile.readUInt32BE(entry + 4)
}

describe('the small sRGB profile', () => {
  it('is as long as it says, with every tag inside of it', () => {
    const profile = srgbProfile()
    equal(profile.readUInt32BE(0), profile.length)
    equal(profile.toString('latin1', 36, 40), 'acsp')
    for (let tag = 0; tag < profile.readUInt32BE(128); tag++) {
      const at = profile.readUInt32BE(132 + 12 * tag + 4)
      equal(at % 4, 0)
      ok(at + profile.readUInt32BE(132 + 12 * tag + 8) <= profile.length)
    }
  })

  it('has primaries that together are white', () => {
    const profile = srgbProfile()
    const xyz = (name: string, part: number) =>
      profile.readInt32BE(placeOf(profile, name) + 8 + 4 * part) / 65536
    for (const part of [0, 1, 2]) {
      const sum = xyz('rXYZ', part) + xyz('gXYZ', part) + xyz('bXYZ', part)
      ok(Math.abs(sum - xyz('wtpt', part)) < 2e-4, `${sum}`)
    }
  })
})
