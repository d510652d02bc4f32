import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import type { CompareMode, Homography, PictureRect } from '#shared/imaging-viewer.ts'
import { addressOf } from '../../platform/api.ts'
import { useInheritedFocus } from '../../ui/index.ts'
import { formatDate, formatDayTime, isSameDay, now as present } from '../../platform/time.ts'
import {
  clamp,
  fit,
  pan,
  seenBy,
  showing,
  toPane,
  zoomAt,
  type Camera,
  type PanePoint,
  type Scene,
} from '../viewer/camera.ts'
import { captionAt } from '../viewer/caption.ts'
import { paneAt, panesOf, type Pane } from '../viewer/panes.ts'
import { PictureLayer } from '../viewer/PictureLayer.tsx'
import stageClasses from '../viewer/Stage.module.css'
import { useStageGestures } from '../viewer/useStageGestures.ts'
import classes from './compare.module.css'
import { earlierCamera, overlayTransform } from './overlay.ts'

interface CompareStageProps {
  now: Snapshot
  earlier: Snapshot
  /** Where the earlier one is fetched; left out: where its own address is. */
  earlierSource?: string
  /** From the earlier one's shares to this one's; null: nobody knows how it lies. */
  homography: Homography | null
  mode: CompareMode
  /** Where the slider stands, or how much of the earlier one shows. */
  share: number
  blinksEarlier: boolean
  /** Somebody else's: all of this part of the later picture is shown, and hands and keys move nothing. */
  seen?: PictureRect
  /** Told of the part of the later picture that can be seen. */
  onSeen?: (seen: PictureRect) => void
}

const keyPanPx = 60
const keyZoom = 1.5
const ways: Readonly<Record<string, PanePoint>> = {
  ArrowLeft: { x: 1, y: 0 },
  ArrowRight: { x: -1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
}

/** Both pictures, moved and enlarged as one. Neither is changed: the earlier one is laid over by the graphics card. */
export function CompareStage(props: CompareStageProps) {
  const { now, earlier, homography, mode, seen, onSeen } = props
  const { t } = useTranslation('history')
  const element = useInheritedFocus<HTMLDivElement>()
  const size = useElementSize<HTMLDivElement>()
  const merged = useMergedRef(element, size.ref)
  const [kept, setCamera] = useState<Camera | null>(null)
  const panes = panesOf(mode === 'both' ? 'both' : 'original', size, now)
  const first = panes[0] ?? { left: 0, top: 0, width: 1, height: 1 }
  const second = panes[1] ?? first
  const scene: Scene = { picture: now, pane: second }
  const own = (camera: Camera | null) => (camera ? clamp(scene, camera) : fit(scene))
  const camera = seen ? showing(scene, seen) : own(kept)
  const part = JSON.stringify(size.width > 0 ? seenBy(scene, camera) : null)
  useEffect(() => {
    const known = JSON.parse(part) as PictureRect | null
    if (known) onSeen?.(known)
  }, [part, onSeen])
  const local = (at: PanePoint) => {
    const pane = paneAt(panes, at) ?? first
    return { x: at.x - pane.left, y: at.y - pane.top }
  }
  // Two moves can come before the next drawing, and both count.
  const panned = ({ x, y }: PanePoint) => {
    setCamera((before) => pan(scene, own(before), x, y))
  }
  const zoomed = (factor: number, at: PanePoint) => {
    setCamera((before) => zoomAt(scene, own(before), factor, at))
  }
  const gestures = useStageGestures(element, {
    onPress: () => undefined,
    onMove: (_, by, pressed) => {
      if (pressed) panned(by)
    },
    onRelease: () => undefined,
    onAbandon: () => undefined,
    onZoom: (factor, at) => {
      zoomed(factor, local(at))
    },
    onPan: panned,
    onLeave: () => undefined,
  })
  const keyed = (event: KeyboardEvent) => {
    if (seen || event.ctrlKey || event.metaKey || event.altKey) return
    const way = ways[event.key]
    const middle = { x: second.width / 2, y: second.height / 2 }
    if (way) panned({ x: way.x * keyPanPx, y: way.y * keyPanPx })
    else if (event.key === '+' || event.key === '=') zoomed(keyZoom, middle)
    else if (event.key === '-') zoomed(1 / keyZoom, middle)
    else if (event.key === '0') setCamera(null)
    else return
    event.preventDefault()
  }
  const dates = daysOf(now.takenAt, earlier.takenAt)
  const [there, setThere] = useState(false)
  const laid = mode !== 'both' && homography !== null
  const nowShown = mode !== 'blink' || !props.blinksEarlier
  const splitAt = toPane(scene, camera, { x: props.share, y: 0 }).x
  const then = {
    scene: { picture: earlier, pane: first },
    camera: earlierCamera(homography, earlier, { scene, camera }),
  }
  const today = isSameDay(now.takenAt, present()) ? 'now' : 'later'
  return (
    <div
      ref={merged}
      className={stageClasses.stage}
      role={seen ? 'group' : 'application'}
      tabIndex={seen ? -1 : 0}
      aria-label={t(seen ? 'compare.stageShown' : 'compare.stage')}
      data-tool="hand"
      onKeyDown={keyed}
      {...gestures}
    >
      {size.width > 0 && (
        <>
          <div
            className={stageClasses.pane}
            style={{
              ...boxOf(second),
              visibility: nowShown ? 'visible' : 'hidden',
              // Where the earlier one does not reach, nothing stands for it.
              ...(laid && mode === 'slider' ? { clipPath: `inset(0 0 0 ${splitAt}px)` } : {}),
            }}
          >
            <PictureLayer
              scene={scene}
              camera={camera}
              source={originalOf(now)}
              alt={t(`compare.alt.${today}`, { date: dates.now })}
            />
          </div>
          <div
            className={stageClasses.pane}
            style={{ ...boxOf(first), ...(laid ? overlayStyle(props, there ? splitAt : null) : {}) }}
          >
            <PictureLayer
              {...then}
              {...(laid ? { transform: overlayTransform(homography, earlier, { scene, camera }) } : {})}
              source={props.earlierSource ?? originalOf(earlier)}
              alt={t(laid ? 'compare.altLaid' : 'compare.alt.then', { date: dates.then })}
              onThere={() => {
                setThere(true)
              }}
            />
          </div>
        </>
      )}
      {mode === 'slider' && <span className={classes.line} style={{ left: splitAt }} aria-hidden />}
      {/* Laid over, but not there yet, its word would name what lies beneath. */}
      {(mode !== 'blink' || props.blinksEarlier) && (there || !laid) && (
        <span className={stageClasses.caption} style={laid ? cornerOf(first, null) : captionAt(first, then)}>
          {t('compare.then', { date: dates.then })}
        </span>
      )}
      {nowShown && (
        <span
          className={stageClasses.caption}
          data-end={laid || undefined}
          style={laid ? cornerOf(second, seen ? 'low' : 'high') : captionAt(second, { scene, camera })}
        >
          {t(`compare.${today}`, { date: dates.now })}
        </span>
      )}
    </div>
  )
}

/** How much of the earlier picture is seen, and where; `splitAt` null: it is not there, but what is said about that is. */
function overlayStyle({ mode, share, blinksEarlier }: CompareStageProps, splitAt: number | null) {
  if (mode === 'blink') return { visibility: blinksEarlier ? 'visible' : 'hidden' } as const
  if (splitAt === null) return {}
  switch (mode) {
    case 'slider':
      return { clipPath: `inset(0 calc(100% - ${splitAt}px) 0 0)` }
    case 'fade':
      return { opacity: share }
    case 'difference':
      return { mixBlendMode: 'difference' } as const
    case 'both':
      return {}
  }
}

/** With the time when it was the same day. */
function daysOf(now: number, then: number) {
  const format = formatDate(now) === formatDate(then) ? formatDayTime : formatDate
  return { now: format(now), then: format(then) }
}

function originalOf({ id }: Snapshot): string {
  return addressOf(readSnapshotImage, { params: { snapshotId: id, variant: 'original' } })
}

function boxOf({ left, top, width, height }: Pane) {
  return { left, top, width, height }
}

/** Laid over each other: at the line's start (null) or end. Who looks along has a face high up, and `low` is above the other word. */
function cornerOf({ left, top, width, height }: Pane, end: 'high' | 'low' | null) {
  if (end === null) return { left: left + 12, top: top + height - 12 }
  return { left: left + width - 12, top: end === 'high' ? top + 40 : top + height - 46 }
}
