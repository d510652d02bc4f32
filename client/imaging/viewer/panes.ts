import type { ViewerMode } from '#shared/imaging-viewer.ts'
import type { Size } from './camera.ts'

/** A part of the stage, in CSS pixels. */
export interface Pane extends Size {
  readonly left: number
  readonly top: number
}

const gap = 2

/** Side by side: beside each other on a wide stage, one above the other on a tall one. Everything else has one pane. */
export function panesOf(mode: ViewerMode, stage: Size): readonly Pane[] {
  const whole = { left: 0, top: 0, width: Math.max(1, stage.width), height: Math.max(1, stage.height) }
  if (mode !== 'both') return [whole]
  if (stage.width >= stage.height) {
    const width = Math.max(1, (stage.width - gap) / 2)
    return [
      { ...whole, width },
      { ...whole, width, left: width + gap },
    ]
  }
  const height = Math.max(1, (stage.height - gap) / 2)
  return [
    { ...whole, height },
    { ...whole, height, top: height + gap },
  ]
}

/** The pane under a point of the stage, or the nearest one. */
export function paneAt(panes: readonly Pane[], { x, y }: { x: number; y: number }): Pane | undefined {
  return panes.findLast((pane) => x >= pane.left && y >= pane.top) ?? panes[0]
}
