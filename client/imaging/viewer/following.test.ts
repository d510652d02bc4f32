import assert from 'node:assert/strict'
import { ParticipantId, SnapshotId } from '#shared/ids.ts'
import { follow, notFollowing } from './following.ts'
import type { Following, FollowingStep, Shown } from './following.ts'

const shown = (sequence: number, x = 0): Shown => ({
  from: ParticipantId.parse('01890a5d-ac96-774b-bcce-b302099a8057'),
  snapshotId: SnapshotId.parse('01890a5d-ac96-774b-bcce-b302099a8058'),
  mode: 'both',
  enhancementId: null,
  split: 0.5,
  rect: { x, y: 0, width: 0.5, height: 0.5 },
  sequence,
})
const show = (sequence: number, x = 0): FollowingStep => ({ do: 'shown', news: shown(sequence, x) })
const after = (...steps: FollowingStep[]): Following => steps.reduce(follow, notFollowing)

describe('following what the doctor shows', () => {
  it('begins by itself', () => {
    const now = after(show(1))
    assert.equal(now.part, 'following')
    assert.equal(now.shown?.sequence, 1)
  })

  it('heeds the newest, whatever comes last', () => {
    assert.equal(after(show(5, 0.4), show(3, 0.1)).shown?.rect.x, 0.4)
    assert.equal(after(show(5, 0.4), show(6, 0.1)).shown?.rect.x, 0.1)
    assert.equal(after(show(5), show(5, 0.3)).shown?.rect.x, 0)
  })

  it('is not begun again by what was sent before the end', () => {
    assert.equal(after(show(5), { do: 'closed', sequence: 7 }, show(6)).shown, null)
    assert.equal(after(show(8), { do: 'closed', sequence: 7 }).shown?.sequence, 8)
  })

  it('goes on alone and comes back', () => {
    const roaming = after(show(1), { do: 'roam' }, show(2))
    assert.equal(roaming.part, 'roaming')
    assert.equal(roaming.shown?.sequence, 2, 'what is shown is known meanwhile')
    assert.equal(follow(roaming, { do: 'follow' }).part, 'following')
  })

  it('does not force itself on who has closed the viewer, until the next time', () => {
    const away = after(show(1), { do: 'leave' }, show(2))
    assert.equal(away.part, 'away')
    assert.equal(follow(follow(away, { do: 'closed', sequence: 3 }), show(4)).part, 'following')
  })

  it('ends when the presenter falls silent, and goes on with the next word', () => {
    const silent = after(show(4), { do: 'silence' })
    assert.equal(silent.shown, null)
    assert.equal(follow(silent, show(5)).shown?.sequence, 5)
  })
})
