import { Button, Group } from '@mantine/core'
import { IconSquarePlus, IconTrash, IconX } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Area } from '#shared/imaging-recipe.ts'
import { areaBetween, firstArea, grownBy, movedBy, type Place } from './areas.ts'
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

/** Rectangles over what would tell who it is: drawn with a finger or mouse, or added and moved by keys. */
export function AreaPainter({ picture, areas, onAreas, children }: AreaPainterProps) {
  const { t } = useTranslation('export')
  const canvas = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<{ from: Place; to: Place } | null>(null)
  const drawn = drag && areaBetween(drag.from, drag.to)

  const placeOf = (event: PointerEvent): Place => {
    const box = canvas.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
  }
  const replace = (index: number, area: Area) => {
    onAreas(areas.with(index, area))
  }
  const remove = (index: number) => {
    onAreas(areas.toSpliced(index, 1))
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
          event.currentTarget.setPointerCapture(event.pointerId)
          const from = placeOf(event)
          setDrag({ from, to: from })
        }}
        onPointerMove={(event) => {
          if (drag) setDrag({ from: drag.from, to: placeOf(event) })
        }}
        onPointerUp={() => {
          if (drawn) onAreas([...areas, drawn])
          setDrag(null)
        }}
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
            onKeyDown={(event) => {
              keyed(event, area, index)
            }}
          />
        ))}
        {areas.map((area, index) => (
          <button
            key={`remove ${index}`}
            type="button"
            className={classes.removeArea}
            style={cornerOf(area)}
            aria-label={t('areas.remove', { number: index + 1 })}
            title={t('areas.remove', { number: index + 1 })}
            // What begins here is no new area.
            onPointerDown={(event) => {
              event.stopPropagation()
            }}
            onClick={() => {
              remove(index)
            }}
          >
            <IconX size={14} stroke={2} aria-hidden />
          </button>
        ))}
        {drawn && <div className={classes.area} style={boxOf(drawn)} />}
      </div>
      <p id="export-area-keys" className={classes.hint}>
        {t('areas.keys')}
      </p>
      <Group gap="sm">
        {children}
        <Button
          variant="default"
          size="sm"
          leftSection={<IconSquarePlus size={18} stroke={1.75} aria-hidden />}
          onClick={() => {
            onAreas([...areas, firstArea])
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
      </Group>
    </div>
  )
}

function cornerOf({ left, top, width }: Area) {
  return { left: `${(left + width) * 100}%`, top: `${top * 100}%` }
}

function boxOf({ left, top, width, height }: Area) {
  const percent = (share: number) => `${share * 100}%`
  return { left: percent(left), top: percent(top), width: percent(width), height: percent(height) }
}
