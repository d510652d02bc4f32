import { toPane, type Camera, type Scene } from './camera.ts'
import type { Pane } from './panes.ts'

const inset = 12
/** The caption's own height and a little air above it. */
const belowPx = 32
/** The scale's bar has its place at the end of the pane. */
const scalePx = 38

interface Where {
  /** At the line's end, not its start. */
  end: boolean
  scaled: boolean
}

const start: Where = { end: false, scaled: false }

/**
 * Where a picture's caption ends, downwards and at its side: right below the picture where there is room, else on it, at the
 * lower edge of its pane. `shown` null: always there.
 */
export function captionAt(
  pane: Pane,
  shown: { scene: Scene; camera: Camera } | null,
  { end, scaled }: Where = start,
) {
  const lowest = pane.height - inset - (end && scaled ? scalePx : 0)
  const from = shown && toPane(shown.scene, shown.camera, { x: 0, y: 1 })
  const to = shown && toPane(shown.scene, shown.camera, { x: 1, y: 1 })
  const left = Math.max(0, from?.x ?? 0) + inset
  const right = Math.min(pane.width, to?.x ?? pane.width) - inset
  return {
    left: pane.left + (end ? right : left),
    top: pane.top + Math.min(lowest, (to?.y ?? Infinity) + belowPx),
  }
}
