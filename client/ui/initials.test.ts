import assert from 'node:assert/strict'
import { initials } from './initials.ts'

describe('The initials of a person', () => {
  it('are the first letters of the first and the last name', () => {
    assert.equal(initials('Maria Lopez'), 'ML')
    assert.equal(initials('Ana de la Cruz'), 'AC')
  })

  it('leave out the title', () => {
    assert.equal(initials('Dr Sarah Okafor'), 'SO')
    assert.equal(initials('Prof. Ada Lovelace'), 'AL')
    assert.equal(initials('赵文博医生'), '文博')
    assert.equal(initials('林薇教授'), '林薇')
  })

  it('are the last two characters of a Chinese name', () => {
    assert.equal(initials('陈思远'), '思远')
    assert.equal(initials('林 薇'), '林薇')
  })

  it('are one letter for one name, and nothing for none', () => {
    assert.equal(initials('cher'), 'C')
    assert.equal(initials('  '), '')
  })
})
