import { equal } from 'node:assert/strict'
import { personName } from './person-name.ts'

describe('A name as DICOM writes it', () => {
  it('has the family name first', () => {
    equal(personName([{ family: 'Müller', given: 'Jörg Peter' }]), 'Müller^Jörg Peter')
    equal(personName([{ family: 'Cher', given: '' }]), 'Cher^')
  })

  it('has ideographs in their own group, beside the letters when those are known', () => {
    const chinese = { family: '王', given: '小明' }
    equal(personName([chinese]), '=王^小明')
    equal(personName([chinese, { family: 'Wang', given: 'Xiaoming' }]), 'Wang^Xiaoming=王^小明')
  })

  it('cannot break out of its place', () => {
    equal(personName([{ family: 'A^B=C\\D', given: 'E\r\nF' }]), 'A B C D^E F')
    equal([...personName([{ family: 'x'.repeat(80), given: 'y'.repeat(80) }])].length, 64)
    equal(personName([]), '')
  })
})
