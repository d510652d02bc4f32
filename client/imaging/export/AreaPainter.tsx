import { useInheritedFocus } from '../../ui/index.ts'
import { Button } from '@mantine/core'
import { IconSquarePlus, IconTrash, IconX } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Area } from '#shared/imaging-recipe.ts'
import { areaBetween, grownBy, movedBy, nextArea, pulledBy, type Grip, type Place } from './areas.ts'
import classes from './export.module.css'

interface AreaPainterProps {
  /** Its address. */
  picture: string
  areas: readonly Area[]
  onAreas: (areas: readonly Area[]) => void
  /** A further way to areas, beside the buttons. */
  children?: ReactNode
}

const keyStep = 0.02
const directions: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-keyStep, 0],
  ArrowRight: [keyStep, 0],
  ArrowUp: [0, -keyStep],
  ArrowDown: [0, keyStep],
}

/** The fourth corner has the button that removes the area. */
const corners: readonly Grip[] = [
  { x: -1, y: -1 },
  { x: -1, y: 1 },
  { x: 1, y: 1 },
]

/** A press that moves less than this is no drag. */
const stillPx = 3

/** What a finger or the mouse is doing. `grip` null: it moves the whole area. */
type Drag = { readonly pointer: number; readonly from: Place; readonly to: Place } & (
  | { readonly does: 'draw' }
  | {
      readonly does: 'change'
      readonly index: number
      readonly area: Area
      readonly grip: Grip | null
      readonly moved: boolean
    }
)

/** Rectangles over what would tell who it is: drawn, moved and changed with a finger or mouse, or by keys. */
export function AreaPainter({ picture, areas, onAreas, children }: AreaPainterProps) {
  const { t } = useTranslation('export')
  const canvas = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const add = useInheritedFocus<HTMLButtonElement>(areas.length)
  const chosenArea = chosen === null ? undefined : areas[chosen]
  const drawn = drag?.does === 'draw' ? areaBetween(drag.from, drag.to) : null

  const placeOf = (event: PointerEvent): Place => {
    const box = canvas.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
  }
  const replace = (index: number, area: Area) => {
    onAreas(areas.with(index, area))
  }
  const remove = (index: number) => {
    // What is dragged has its place by number, which another area has now.
    setDrag(null)
    setChosen(null)
    onAreas(areas.toSpliced(index, 1))
  }
  const begin = (event: PointerEvent, does: 'draw' | { index: number; area: Area; grip: Grip | null }) => {
    event.stopPropagation()
    if (event.button !== 0 || drag) return
    canvas.current?.setPointerCapture(event.pointerId)
    const from = placeOf(event)
    const drags = { pointer: event.pointerId, from, to: from }
    setChosen(does === 'draw' ? null : does.index)
    setDrag(does === 'draw' ? { ...drags, does } : { ...drags, does: 'change', moved: false, ...does })
  }
  const go = (event: PointerEvent) => {
    if (drag?.pointer !== event.pointerId) return
    const to = placeOf(event)
    if (drag.does === 'draw') {
      setDrag({ ...drag, to })
      return
    }
    const { index, area, grip, from } = drag
    const [dx, dy] = [to.x - from.x, to.y - from.y]
    const box = canvas.current?.getBoundingClientRect()
    if (!drag.moved && box && Math.hypot(dx * box.width, dy * box.height) < stillPx) return
    setDrag({ ...drag, to, moved: true })
    replace(index, grip ? pulledBy(area, grip, dx, dy) : movedBy(area, dx, dy))
  }
  const end = (event: PointerEvent) => {
    if (drag?.pointer !== event.pointerId) return
    if (drawn) {
      onAreas([...areas, drawn])
      setChosen(areas.length)
    }
    setDrag(null)
  }
  const keyed = (event: KeyboardEvent, area: Area, index: number) => {
    const direction = directions[event.key]
    if (direction) replace(index, (event.shiftKey ? grownBy : movedBy)(area, ...direction))
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(index)
    else return
    event.preventDefault()
  }

  return (
    <div className={classes.painter}>
      <p className={classes.hint}>{t('areas.hint')}</p>
      <div
        ref={canvas}
        className={classes.canvas}
        onPointerDown={(event) => {
          begin(event, 'draw')
        }}
        onPointerMove={go}
        onPointerUp={end}
        onPointerCancel={() => {
          setDrag(null)
        }}
      >
        <img src={picture} alt={t('areas.picture')} className={classes.picture} draggable={false} />
        {areas.map((area, index) => (
          <button
            key={index}
            type="button"
            className={classes.area}
            style={boxOf(area)}
            aria-label={t('areas.one', { number: index + 1 })}
            aria-describedby="export-area-keys"
            data-chosen={index === chosen || undefined}
            onFocus={() => {
              setChosen(index)
            }}
            onPointerDown={(event) => {
              begin(event, { index, area, grip: null })
            }}
            onKeyDown={(event) => {
              keyed(event, area, index)
            }}
          />
        ))}
        {/* Of the others it would lie over their neighbours. By keys, the area itself is changed. */}
        {chosen !== null && chosenArea && (
          <>
            {corners.map((grip) => (
              <span
                key={`${grip.x} ${grip.y}`}
                className={classes.grip}
                style={gripOf(chosenArea, grip)}
                data-way={grip.x === grip.y ? 'down' : 'up'}
                data-testid="area-corner"
                aria-hidden
                onPointerDown={(event) => {
                  begin(event, { index: chosen, area: chosenArea, grip })
                }}
              />
            ))}
            <button
              type="button"
              className={classes.removeArea}
              style={cornerOf(chosenArea)}
              aria-label={t('areas.remove', { number: chosen + 1 })}
              title={t('areas.remove', { number: chosen + 1 })}
              // What begins here is no new area.
              onPointerDown={(event) => {
                event.stopPropagation()
              }}
              onClick={() => {
                remove(chosen)
              }}
            >
              <IconX size={14} stroke={2} aria-hidden />
            </button>
          </>
        )}
        {drawn && <div className={classes.area} style={boxOf(drawn)} />}
      </div>
      <p id="export-area-keys" className={classes.hint}>
        {t('areas.keys')}
      </p>
      <div className={classes.buttons}>
        {children}
        <Button
          ref={add}
          variant="default"
          size="sm"
          leftSection={<IconSquarePlus size={18} stroke={1.75} aria-hidden />}
          onClick={() => {
            onAreas([...areas, nextArea(areas)])
            setChosen(areas.length)
          }}
        >
          {t('areas.add')}
        </Button>
        {areas.length > 0 && (
          <Button
            variant="default"
            size="sm"
            leftSection={<IconTrash size={18} stroke={1.75} aria-hidden />}
            onClick={() => {
              remove(areas.length - 1)
            }}
          >
            {t('areas.removeLast')}
          </Button>
        )}
      </div>
    </div>
  )
}

function cornerOf({ left, top, width }: Area) {
  return { left: `${(left + width) * 100}%`, top: `${top * 100}%` }
}

function gripOf({ left, top, width, height }: Area, { x, y }: Grip) {
  return { left: `${(x < 0 ? left : left + width) * 100}%`, top: `${(y < 0 ? top : top + height) * 100}%` }
}

function boxOf({ left, top, width, height }: Area) {
  const percent = (share: number) => `${share * 100}%`
  return { left: percent(left), top: percent(top), width: percent(width), height: percent(height) }
}
