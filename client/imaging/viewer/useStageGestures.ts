import { useEffect, useEffectEvent, useRef, type PointerEvent, type RefObject } from 'react'
import type { PanePoint } from './camera.ts'

/** A finger that moves less than this has not moved. */
const stillPx = 4

interface Gestures {
  /** A finger or the main mouse button goes down. */
  onPress: (at: PanePoint) => void
  /** It moves, pressed or not. */
  onMove: (at: PanePoint, by: PanePoint, pressed: boolean) => void
  onRelease: (at: PanePoint, moved: boolean) => void
  /** A second finger came: what the first one began was not meant. */
  onAbandon: () => void
  onZoom: (factor: number, at: PanePoint) => void
  onPan: (by: PanePoint) => void
  onLeave: () => void
}

/** Mouse, wheel, one finger and two, as what they mean. Places are relative to the element. */
export function useStageGestures(element: RefObject<HTMLElement | null>, gestures: Gestures) {
  const fingers = useRef(new Map<number, PanePoint>())
  const pressed = useRef<{ from: PanePoint; moved: boolean } | null>(null)

  const wheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY
    // A pinch on a touchpad comes as a wheel with Ctrl, in much smaller steps.
    gestures.onZoom(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0016)), placeOf(element.current, event))
  })
  useEffect(() => {
    const target = element.current
    if (!target) return
    // React listens passively, which would let the page zoom as well.
    const listen = (event: WheelEvent) => {
      wheel(event)
    }
    target.addEventListener('wheel', listen, { passive: false })
    return () => {
      target.removeEventListener('wheel', listen)
    }
  }, [element])

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      const at = placeOf(element.current, event)
      event.currentTarget.setPointerCapture(event.pointerId)
      fingers.current.set(event.pointerId, at)
      if (fingers.current.size === 1) {
        pressed.current = { from: at, moved: false }
        gestures.onPress(at)
      } else if (pressed.current) {
        pressed.current = null
        gestures.onAbandon()
      }
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const at = placeOf(element.current, event)
      const before = fingers.current.get(event.pointerId)
      if (!before) {
        gestures.onMove(at, { x: 0, y: 0 }, false)
        return
      }
      const [other] = [...fingers.current].filter(([id]) => id !== event.pointerId).map(([, place]) => place)
      fingers.current.set(event.pointerId, at)
      if (other) {
        const [was, is] = [middleOf(before, other), middleOf(at, other)]
        gestures.onPan({ x: is.x - was.x, y: is.y - was.y })
        gestures.onZoom(distance(at, other) / Math.max(1, distance(before, other)), is)
        return
      }
      if (!pressed.current) return
      if (distance(at, pressed.current.from) > stillPx) pressed.current.moved = true
      gestures.onMove(at, { x: at.x - before.x, y: at.y - before.y }, true)
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      fingers.current.delete(event.pointerId)
      const press = pressed.current
      pressed.current = null
      if (press) gestures.onRelease(placeOf(element.current, event), press.moved)
    },
    onPointerCancel(event: PointerEvent<HTMLElement>) {
      fingers.current.delete(event.pointerId)
      if (pressed.current) gestures.onAbandon()
      pressed.current = null
    },
    onPointerLeave(event: PointerEvent<HTMLElement>) {
      // A finger leaves with every tap; where it pointed stays to be seen for a while.
      if (event.pointerType === 'mouse' && fingers.current.size === 0) gestures.onLeave()
    },
  }
}

function placeOf(element: HTMLElement | null, { clientX, clientY }: { clientX: number; clientY: number }) {
  const box = element?.getBoundingClientRect()
  return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) }
}

function middleOf(a: PanePoint, b: PanePoint): PanePoint {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}

function distance(a: PanePoint, b: PanePoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
