import { useState } from 'react'
import type { EnhancementId, SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import type { ViewerMode } from '#shared/imaging-viewer.ts'
import {
  clamp,
  fit,
  pan,
  seenBy,
  showing,
  zoomAt,
  type Camera,
  type PanePoint,
  type Scene,
  type Size,
} from './camera.ts'
import type { Shown } from './following.ts'
import { panesOf, type Pane } from './panes.ts'

/** How somebody looks at a picture. `camera` null: the whole of it, whatever the size of the window. */
interface Own {
  readonly snapshotId: SnapshotId
  readonly mode: ViewerMode
  readonly enhancementId: EnhancementId | null
  /** Where the slider stands, in shares of the picture's width. */
  readonly split: number
  readonly camera: Camera | null
}

export interface Look extends Own {
  readonly camera: Camera
  readonly whole: boolean
  readonly panes: readonly Pane[]
  readonly scene: Scene
  readonly setMode: (mode: ViewerMode) => void
  readonly setEnhancement: (id: EnhancementId | null) => void
  readonly setSplit: (split: number) => void
  readonly showWhole: () => void
  /** By so many pixels of the pane. */
  readonly pan: (by: PanePoint) => void
  /** By a factor, around a point of the pane or its middle. */
  readonly zoom: (factor: number, at?: PanePoint) => void
}

/**
 * What is on the screen: the own look, or that of whom one follows. Whoever turns a knob while following looks around alone
 * from there.
 */
export function useLook(
  snapshot: Snapshot,
  stage: Size,
  shown: Shown | null,
  /** Something is being tried: it can be seen where the picture has no enhanced form of its own. */
  hasPreview: boolean,
  onRoam: () => void,
): Look {
  const [kept, setOwn] = useState<Own>(() => ({
    snapshotId: snapshot.id,
    mode: 'both',
    enhancementId: null,
    split: 0.5,
    camera: null,
  }))
  const own = ownOf(snapshot, kept, hasPreview)
  const mode = shown ? shown.mode : own.mode
  const panes = panesOf(mode, stage, snapshot)
  const scene: Scene = { picture: snapshot, pane: panes[0] ?? { width: 1, height: 1 } }
  const cameraOf = (one: Own) => (one.camera ? clamp(scene, one.camera) : fit(scene))
  const camera = shown ? showing(scene, shown.rect) : cameraOf(own)
  const present: Own = shown
    ? { snapshotId: snapshot.id, mode, enhancementId: shown.enhancementId, split: shown.split, camera }
    : own
  const whole = camera.scale <= fit(scene).scale * 1.001

  const change = (part: (now: Own) => Partial<Own>) => {
    if (shown) onRoam()
    // Two changes can come before the next drawing; the second must not undo the first.
    setOwn((before) => {
      const now = shown ? present : ownOf(snapshot, before, hasPreview)
      return { ...now, ...part(now) }
    })
  }
  return {
    ...present,
    camera,
    whole,
    panes,
    scene,
    setMode: (next) => {
      change(() => ({ mode: next }))
    },
    setEnhancement: (enhancementId) => {
      // Who chooses one wants to see it.
      change((now) => ({ enhancementId, mode: now.mode === 'original' ? 'enhanced' : now.mode }))
    },
    setSplit: (split) => {
      change(() => ({ split: Math.min(1, Math.max(0, split)) }))
    },
    showWhole: () => {
      change(() => ({ camera: null }))
    },
    pan: ({ x, y }) => {
      change((now) => ({ camera: pan(scene, cameraOf(now), x, y) }))
    },
    zoom: (factor, at = { x: scene.pane.width / 2, y: scene.pane.height / 2 }) => {
      change((now) => ({ camera: zoomAt(scene, cameraOf(now), factor, at) }))
    },
  }
}

/** Another picture is seen whole at first, in the way the last one was looked at, as far as it has what that takes. */
export function ownOf(snapshot: Snapshot, kept: Own, hasPreview: boolean): Own {
  const { id } = snapshot
  const own = kept.snapshotId === id ? kept : { ...kept, snapshotId: id, camera: null, enhancementId: null }
  return hasPreview ? own : { ...own, mode: modeOf(snapshot, own) }
}

/** What a presenter sends of it: no preview, which is on this screen only. The slider goes with the part that is seen. */
export function sharedOf(snapshot: Snapshot, look: Omit<Own, 'snapshotId'> & Pick<Look, 'camera' | 'scene'>) {
  const { enhancementId, split, scene, camera } = look
  const mode = modeOf(snapshot, look)
  return { snapshotId: snapshot.id, mode, enhancementId, split, rect: seenBy(scene, camera) }
}

function modeOf(
  { state }: Snapshot,
  { mode, enhancementId }: Pick<Own, 'mode' | 'enhancementId'>,
): ViewerMode {
  return state === 'ready' || enhancementId !== null ? mode : 'original'
}
