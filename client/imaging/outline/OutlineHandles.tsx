import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PicturePoint } from '#shared/imaging-viewer.ts'
import { toPane, type Camera, type Scene } from '../viewer/camera.ts'
import { addAfter, handlesOf, move, remove, select, type Editing } from './editing.ts'
import classes from './outline.module.css'

interface OutlineHandlesProps {
  scene: Scene
  camera: Camera
  editing: Editing
  /** The other one of two panes only shows it. */
  shownOnly: boolean
  onChange: (editing: Editing) => void
}

/** Fingers need more between two handles than a mouse, which needs 24 (WCAG 2.5.8). */
const apartPx = { fine: 26, coarse: 34 }
const stepPx = 4
const fineStepPx = 1

const ways: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** An outline over the picture, dashed as long as it is not kept, with handles to drag or to move by arrow keys. */
export function OutlineHandles({ scene, camera, editing, shownOnly, onChange }: OutlineHandlesProps) {
  const { t } = useTranslation('outline')
  const { width, height } = scene.pane
  const places = editing.points.map((point) => toPane(scene, camera, point))
  const apart = matchMedia('(pointer: coarse)').matches ? apartPx.coarse : apartPx.fine
  const handles = shownOnly ? [] : handlesOf(places, apart, editing.selected)
  const held = useRef<{ pointer: number; x: number; y: number; handles: readonly number[] } | null>(null)

  const selectedHandle = useRef<HTMLButtonElement>(null)
  /** A key has made or removed a point: the focus goes where the choice goes, as its handle may have gone. */
  const follows = useRef(false)
  useEffect(() => {
    if (!follows.current) return
    follows.current = false
    selectedHandle.current?.focus({ preventScroll: true })
  }, [editing])

  const shifted = (at: number, dx: number, dy: number, all: readonly number[]) => {
    const { picture } = scene
    const by = { x: dx / (picture.width * camera.scale), y: dy / (picture.height * camera.scale) }
    onChange(move(editing, at, by, all))
  }
  const keyed = (event: KeyboardEvent<HTMLButtonElement>, at: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const way = ways[event.key]
    const far = event.shiftKey ? fineStepPx : stepPx
    if (way) shifted(at, way.x * far, way.y * far, handles)
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      follows.current = true
      onChange(remove(select(editing, at, handles), at))
    } else if (event.key === 'Insert' || event.key === 'Enter') {
      follows.current = true
      onChange(addAfter(select(editing, at, handles), at))
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const grips = (at: number) => ({
    onPointerDown(event: PointerEvent<HTMLButtonElement>) {
      if (event.button !== 0) return
      event.stopPropagation()
      event.currentTarget.setPointerCapture(event.pointerId)
      // Which points hang on which handle must not change in mid-drag.
      held.current = { pointer: event.pointerId, x: event.clientX, y: event.clientY, handles }
      onChange(select(editing, at, handles))
    },
    onPointerMove(event: PointerEvent<HTMLButtonElement>) {
      const from = held.current
      if (from?.pointer !== event.pointerId) return
      event.stopPropagation()
      shifted(at, event.clientX - from.x, event.clientY - from.y, from.handles)
      held.current = { ...from, x: event.clientX, y: event.clientY }
    },
    onPointerUp(event: PointerEvent<HTMLButtonElement>) {
      if (held.current?.pointer === event.pointerId) event.stopPropagation()
      held.current = null
    },
    onPointerCancel() {
      held.current = null
    },
  })

  return (
    <div className={classes.over} data-testid="outline-editing">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
        <path className={classes.halo} d={pathOf(places)} />
        <path className={classes.dashes} d={pathOf(places)} />
      </svg>
      {handles.map((at, index) => {
        const place = places[at]
        if (!place) return null
        // The chosen one stays, or keys that move it out of sight could not bring it back.
        if (at !== editing.selected && isOutside(place, scene.pane)) return null
        return (
          <button
            key={at}
            ref={at === editing.selected ? selectedHandle : null}
            type="button"
            className={classes.handle}
            style={{ left: place.x, top: place.y }}
            aria-label={t('point', { at: index + 1, of: handles.length })}
            aria-description={t('pointKeys')}
            data-selected={at === editing.selected || undefined}
            onFocus={() => {
              if (editing.selected !== at) onChange(select(editing, at, handles))
            }}
            onKeyDown={(event) => {
              keyed(event, at)
            }}
            onDoubleClick={(event) => {
              event.stopPropagation()
            }}
            {...grips(at)}
          />
        )
      })}
    </div>
  )
}

function isOutside({ x, y }: { x: number; y: number }, { width, height }: Scene['pane']): boolean {
  return x < 0 || y < 0 || x > width || y > height
}

/** While it is looked for again: as it was. */
export function OutlineShadow({
  scene,
  camera,
  points,
}: {
  scene: Scene
  camera: Camera
  points: readonly PicturePoint[]
}) {
  const { width, height } = scene.pane
  return (
    <div className={classes.over} data-waiting>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
        <path className={classes.dashes} d={pathOf(points.map((point) => toPane(scene, camera, point)))} />
      </svg>
    </div>
  )
}

function pathOf(places: readonly { x: number; y: number }[]): string {
  return `${places.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join(' ')} Z`
}
