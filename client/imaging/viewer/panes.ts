import type { ViewerMode } from '#shared/imaging-viewer.ts'
import type { Size } from './camera.ts'

/** A part of the stage, in CSS pixels. */
export interface Pane extends Size {
  readonly left: number
  readonly top: number
}

const gap = 2

/**
 * Side by side: beside each other or one above the other, whichever shows `picture` larger. Everything else has one pane.
 */
export function panesOf(mode: ViewerMode, stage: Size, picture: Size): readonly Pane[] {
  const whole = { left: 0, top: 0, width: Math.max(1, stage.width), height: Math.max(1, stage.height) }
  if (mode !== 'both') return [whole]
  const narrow = { ...whole, width: Math.max(1, (whole.width - gap) / 2) }
  const low = { ...whole, height: Math.max(1, (whole.height - gap) / 2) }
  return room(narrow, picture) >= room(low, picture)
    ? [narrow, { ...narrow, left: narrow.width + gap }]
    : [low, { ...low, top: low.height + gap }]
}

/** How large the whole picture is in this pane. */
function room(pane: Size, picture: Size): number {
  return Math.min(pane.width / Math.max(1, picture.width), pane.height / Math.max(1, picture.height))
}

/** The pane under a point of the stage, or the nearest one. */
export function paneAt(panes: readonly Pane[], { x, y }: { x: number; y: number }): Pane | undefined {
  return panes.findLast((pane) => x >= pane.left && y >= pane.top) ?? panes[0]
}
