import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import type { AnnotationShape, PicturePoint } from '#shared/imaging-viewer.ts'
import { useMergedRef } from '@mantine/hooks'
import { onPicture, toPane, toPicture, type PanePoint } from './camera.ts'
import { draw, emptyDraft, type Draft, type DraftKind, type DraftStep } from './drafting.ts'
import { lengthOf, type Scale } from './geometry.ts'
import { captionAt } from './caption.ts'
import { Marks, type Mark } from './Marks.tsx'
import { paneAt, type Pane } from './panes.ts'
import { PictureLayer } from './PictureLayer.tsx'
import { ScaleBar } from './ScaleBar.tsx'
import { SplitHandle } from './SplitHandle.tsx'
import classes from './Stage.module.css'
import type { Tool, ViewerRole } from './tools.ts'
import type { Look } from './useLook.ts'
import { useStageGestures } from './useStageGestures.ts'

type Side = 'original' | 'enhanced'

interface StageProps {
  /** What is half drawn on one picture does not go on on another. */
  snapshotId: SnapshotId
  measure: Ref<HTMLDivElement>
  look: Look
  /** Null: there is no such form yet. */
  sources: Readonly<Record<Side, string | ImageBitmap | null>>
  alts: Readonly<Record<Side, string>>
  captions: Readonly<Record<Side, string>>
  /** Which one blinking shows now. */
  blink: Side
  tool: Tool
  role: ViewerRole
  /** A finger points instead of moving the picture. */
  pointing: boolean
  marks: readonly Mark[]
  /** What is being outlined: no label lies on it. */
  spared: readonly PicturePoint[]
  scale: Scale | null
  pointer: { readonly at: PicturePoint; readonly name: string } | null
  onPoint: (at: PicturePoint | null) => void
  /** Somebody wants to know a place: a tap or Enter gives it, whatever the tool. */
  onPlace: ((at: PicturePoint) => void) | null
  /** What else lies over the picture, on the pane of this number. */
  over: (pane: number) => ReactNode
  onDrawn: (kind: DraftKind, points: readonly PicturePoint[]) => void
  /** An arrow key that has nothing to move: -1 newer, 1 older. */
  onStep: (by: -1 | 1) => void
}

const nearPx = 12
const keyPanPx = 60
const keyMovePx = 10

/** The picture and what lies over it; the one place where fingers, mouse and keys act on it. */
export function Stage(props: StageProps) {
  const {
    snapshotId,
    look,
    sources,
    alts,
    captions,
    blink,
    tool,
    role,
    pointing,
    onPoint,
    onPlace,
    onDrawn,
  } = props
  const { t } = useTranslation('viewer')
  const element = useRef<HTMLDivElement>(null)
  const merged = useMergedRef(element, props.measure)
  const { mode, panes, scene, camera } = look
  // It comes later than the dialog around it, which looks for something to focus when it opens.
  useEffect(() => {
    element.current?.focus({ preventScroll: true })
  }, [])
  const [kept, setDraft] = useState<Draft | null>(null)
  const draft = tool === 'hand' || onPlace ? null : kept?.kind === tool ? kept : emptyDraft(tool)
  /** The keyboard's crosshair; in the middle until it is moved. */
  const [cross, setCross] = useState<PanePoint | null>(null)
  const [last, setLast] = useState({ tool, snapshotId })
  if (last.tool !== tool || last.snapshotId !== snapshotId) {
    setLast({ tool, snapshotId })
    setCross(null)
    setDraft(null)
  }

  const local = (at: PanePoint) => {
    const pane = paneAt(panes, at)
    return { x: at.x - (pane?.left ?? 0), y: at.y - (pane?.top ?? 0) }
  }
  const spot = (at: PanePoint) => onPicture(toPicture(scene, camera, local(at)))
  const near = (a: PicturePoint, b: PicturePoint) => lengthOf(a, b, scene.picture) * camera.scale < nearPx
  const step = (one: DraftStep) => {
    if (!draft) return
    const drawn = draw(draft, one)
    setDraft(drawn.draft)
    if (drawn.done) onDrawn(draft.kind, drawn.done)
  }
  const gestures = useStageGestures(element, {
    onPress: (at) => {
      setCross(null)
      if (draft) step({ do: 'press', at: spot(at) })
      else if (pointing) onPoint(spot(at))
    },
    onMove: (at, by, pressed) => {
      onPoint(spot(at))
      if (draft) step({ do: 'move', at: spot(at) })
      else if (pressed && !pointing) look.pan(by)
    },
    onRelease: (at, moved) => {
      if (onPlace && !moved) onPlace(spot(at))
      else if (draft) step({ do: 'release', at: spot(at), moved, near })
    },
    onAbandon: () => {
      setDraft(null)
    },
    onZoom: (factor, at) => {
      look.zoom(factor, local(at))
    },
    onPan: look.pan,
    onLeave: () => {
      onPoint(null)
    },
  })

  const middle = { x: scene.pane.width / 2, y: scene.pane.height / 2 }
  const keyed = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const way = ways[event.key]
    if (way) {
      const far = event.shiftKey ? 0.2 : 1
      if (draft || onPlace) {
        const from = cross ?? middle
        const to = {
          x: Math.min(scene.pane.width, Math.max(0, from.x + way.x * keyMovePx * far)),
          y: Math.min(scene.pane.height, Math.max(0, from.y + way.y * keyMovePx * far)),
        }
        setCross(to)
        if (draft) step({ do: 'move', at: onPicture(toPicture(scene, camera, to)) })
      } else if (look.whole) {
        if (way.x === 0) return
        props.onStep(way.x < 0 ? -1 : 1)
      } else look.pan({ x: -way.x * keyPanPx * far, y: -way.y * keyPanPx * far })
    } else if ((draft || onPlace) && (event.key === 'Enter' || event.key === ' ')) {
      const at = cross ?? middle
      setCross(at)
      if (onPlace) onPlace(onPicture(toPicture(scene, camera, at)))
      else step({ do: 'place', at: onPicture(toPicture(scene, camera, at)), near })
    } else if (draft && event.key === 'Backspace') step({ do: 'back' })
    else if (event.key === 'Escape' && draft && draft.points.length > 0) setDraft(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const own = draft ? draftMark(draft, role) : null
  const marks = own ? [...props.marks, own] : props.marks
  const stacked = mode === 'slider' || mode === 'blink'
  const splitAt = Math.min(scene.pane.width, Math.max(0, toPane(scene, camera, { x: look.split, y: 0.5 }).x))
  const layers = (['original', 'enhanced'] as const).map((side) => {
    const pane = mode === 'both' && side === 'enhanced' ? (panes[1] ?? panes[0]) : panes[0]
    const shown = stacked || mode === 'both' || mode === side
    const blinked = mode === 'blink' && blink !== side
    return { side, pane, shown: shown && !blinked }
  })
  return (
    <div
      ref={merged}
      className={classes.stage}
      role="application"
      tabIndex={0}
      aria-label={t('stage.label')}
      aria-description={draft ? t('stage.drawing') : onPlace ? t('stage.placing') : t('stage.looking')}
      data-tool={tool}
      data-pointing={pointing || onPlace !== null || undefined}
      onKeyDown={keyed}
      onDoubleClick={(event) => {
        if (draft || pointing || onPlace) return
        const box = event.currentTarget.getBoundingClientRect()
        const at = local({ x: event.clientX - box.left, y: event.clientY - box.top })
        if (look.whole) look.zoom(Math.max(2, 1 / camera.scale), at)
        else look.showWhole()
      }}
      {...gestures}
    >
      {layers.map(({ side, pane, shown }) => {
        const source = sources[side]
        // What is not shown stays loaded: changing back must be at once.
        if (!pane || source === null) return null
        return (
          <div
            key={side}
            className={classes.pane}
            data-side={side}
            style={{
              ...boxOf(pane),
              visibility: shown ? 'visible' : 'hidden',
              ...(mode === 'slider' ? { clipPath: clipOf(side, splitAt) } : {}),
            }}
          >
            <PictureLayer scene={scene} camera={camera} source={source} alt={alts[side]} />
          </div>
        )
      })}
      {panes.map((pane, at) => (
        <div key={at} className={classes.pane} data-over style={boxOf(pane)}>
          <Marks scene={scene} camera={camera} marks={marks} scale={props.scale} spared={props.spared} />
          {props.over(at)}
          {props.scale && <ScaleBar scene={scene} camera={camera} scale={props.scale} />}
          {props.pointer && <Pointer {...props.pointer} place={toPane(scene, camera, props.pointer.at)} />}
          {(draft ?? onPlace) && cross && (
            <span className={classes.cross} style={{ left: cross.x, top: cross.y }} aria-hidden />
          )}
        </div>
      ))}
      {mode === 'slider' && (
        <SplitHandle
          split={look.split}
          left={splitAt}
          onSplit={look.setSplit}
          onDrag={(clientX) => {
            const box = element.current?.getBoundingClientRect()
            look.setSplit(toPicture(scene, camera, { x: clientX - (box?.left ?? 0), y: 0 }).x)
          }}
        />
      )}
      {layers.map(
        ({ side, pane, shown }) =>
          shown &&
          pane && (
            <span
              key={side}
              className={classes.caption}
              data-end={(mode === 'slider' && side === 'enhanced') || undefined}
              style={captionAt(pane, mode === 'blink' ? null : { scene, camera }, {
                end: mode === 'slider' && side === 'enhanced',
                scaled: props.scale !== null,
              })}
            >
              {captions[side]}
            </span>
          ),
      )}
    </div>
  )
}

function Pointer({ name, place }: { name: string; place: PanePoint }) {
  return (
    <span className={classes.pointer} style={{ left: place.x, top: place.y }} data-testid="pointer">
      <span className={classes.pointerName}>{name}</span>
    </span>
  )
}

const ways: Readonly<Record<string, PanePoint>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** The shape as it would be if it ended here. */
function draftMark({ kind, points, hover, pressed }: Draft, role: ViewerRole): Mark | null {
  const open =
    kind === 'outline' && pressed ? points : hover && points.length > 0 ? [...points, hover] : points
  const [a, b] = open
  if (!a || !b || kind === 'text') return null
  if (kind === 'box') {
    const corners = [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }]
    return {
      key: 'draft',
      shape: { kind: 'outline', points: corners },
      by: role,
      faint: true,
      wordless: true,
    }
  }
  const shape: AnnotationShape =
    kind === 'outline' || kind === 'angle'
      ? open.length > 2
        ? kind === 'angle'
          ? { kind, points: open.slice(0, 3) }
          : { kind, points: [...open] }
        : { kind: 'ruler', points: [a, b] }
      : { kind: kind === 'calibration' ? 'ruler' : kind, points: [a, b] }
  return { key: 'draft', shape, by: role, faint: true }
}

function boxOf({ left, top, width, height }: Pane) {
  return { left, top, width, height }
}

function clipOf(side: Side, at: number): string {
  return side === 'original' ? `inset(0 calc(100% - ${at}px) 0 0)` : `inset(0 0 0 ${at}px)`
}
