import { equal, match, notEqual } from 'node:assert/strict'
import { uidOf, uidUnderKey, uidWithin } from './uid.ts'

const uuid = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071'

describe('The DICOM name of a picture', () => {
  it('is its own number under 2.25, as PS3.5 says', () => {
    equal(uidOf('f81d4fae-7dec-11d0-a765-00a0c91e6bf6'), '2.25.329800735698586629295641978511506172918')
    equal(uidOf('00000000-0000-0000-0000-000000000001'), '2.25.1')
    equal(uidOf(uuid), `2.25.${BigInt('0x019a2b3c4d5e7f608a1b2c3d4e5f6071')}`)
  })

  it('is never longer than DICOM allows', () => {
    equal(uidOf('ffffffff-ffff-ffff-ffff-ffffffffffff').length, 44)
  })

  it('is the same each time for what belongs to the same visit, and another for another', () => {
    equal(uidWithin(uuid, 'XC'), uidWithin(uuid, 'XC'))
    notEqual(uidWithin(uuid, 'XC'), uidWithin(uuid, 'OT'))
    notEqual(uidWithin(uuid, 'XC'), uidOf(uuid))
    match(uidWithin(uuid, 'XC'), /^2\.25\.[1-9]\d{30,38}$/)
  })

  it('changes with the secret when nobody shall find the way back', () => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    equal(uidUnderKey(one, uidOf(uuid)), uidUnderKey(one, uidOf(uuid)))
    notEqual(uidUnderKey(one, uidOf(uuid)), uidUnderKey(other, uidOf(uuid)))
    notEqual(uidUnderKey(one, uidOf(uuid)), uidUnderKey(one, uidOf(uuid), 'other pixels'))
    match(uidUnderKey(one, uidOf(uuid)), /^2\.25\.[1-9]\d{30,38}$/)
  })
})
