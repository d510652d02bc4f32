import { equal } from 'node:assert/strict'
import { longString } from './long-string.ts'

describe('A text as DICOM writes it', () => {
  it('stays as it is where it fits', () => {
    equal(longString('Hôpital 河边医院, Ward 3'), 'Hôpital 河边医院, Ward 3')
    equal(longString(''), '')
  })

  it('is one value of one line', () => {
    equal(longString(' North\\South\r\nClinic '), 'North South Clinic')
  })

  it('ends after 64 characters, however many bytes they take', () => {
    equal(longString('院'.repeat(80)), '院'.repeat(64))
    equal(longString('𠮷'.repeat(65)), '𠮷'.repeat(64))
    equal(longString(`${'x'.repeat(63)} yz`), 'x'.repeat(63))
  })
})
