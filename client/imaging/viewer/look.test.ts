import assert from 'node:assert/strict'
import { EnhancementId, SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { ownOf, sharedOf } from './useLook.ts'

const failed = { id: SnapshotId.parse('018f3a3e-5b6c-7d8e-9f01-23456789abcd'), state: 'failed' } as Snapshot
const ready = { ...failed, state: 'ready' } as Snapshot
const enhancementId = EnhancementId.parse('018f3a3e-5b6c-7d8e-9f01-23456789abce')
const looked = {
  snapshotId: failed.id,
  mode: 'enhanced',
  enhancementId: null,
  split: 0.5,
  camera: null,
} as const
const seen = {
  camera: { x: 0.5, y: 0.5, scale: 1 },
  scene: { picture: { width: 4, height: 4 }, pane: { width: 4, height: 4 } },
}

describe('the way a picture is looked at', () => {
  it('is the original where there is no enhanced form', () => {
    assert.equal(ownOf(failed, looked, false).mode, 'original')
    assert.equal(ownOf(ready, looked, false).mode, 'enhanced')
    assert.equal(ownOf(failed, { ...looked, enhancementId }, false).mode, 'enhanced')
  })

  it('shows what is being tried even where the automatic enhancement failed', () => {
    assert.equal(ownOf(failed, looked, true).mode, 'enhanced')
  })

  it('is sent to the patient without what is only being tried', () => {
    assert.equal(sharedOf(failed, { ...looked, ...seen }).mode, 'original')
    assert.equal(sharedOf(ready, { ...looked, ...seen }).mode, 'enhanced')
  })
})
