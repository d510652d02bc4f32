import { equal } from 'node:assert/strict'
import { qualityWord } from './quality.ts'

describe('the word for a connection', () => {
  it('is not said before anything is known', () => {
    equal(qualityWord({ reported: null, scores: [], disconnected: false }), null)
  })

  it('is the worse of what the participant says and what arrives', () => {
    equal(qualityWord({ reported: 'good', scores: [10, 9], disconnected: false }), 'good')
    equal(qualityWord({ reported: 'poor', scores: [10], disconnected: false }), 'poor')
    equal(qualityWord({ reported: 'good', scores: [5], disconnected: false }), 'fair')
    equal(qualityWord({ reported: null, scores: [0], disconnected: false }), 'poor')
  })

  it('does not call a muted participant poor', () => {
    equal(qualityWord({ reported: 'good', scores: [], disconnected: false }), 'good')
  })

  it('is lost while no packet can arrive', () => {
    equal(qualityWord({ reported: 'good', scores: [10], disconnected: true }), 'lost')
  })
})
