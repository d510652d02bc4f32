import { IconArrowsHorizontal } from '@tabler/icons-react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Stage.module.css'

interface SplitHandleProps {
  /** In shares of the picture's width; left of it is the original. */
  split: number
  /** Where that is on the stage, in CSS pixels. */
  left: number
  onDrag: (clientX: number) => void
  onSplit: (split: number) => void
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -0.01,
  ArrowDown: -0.01,
  ArrowRight: 0.01,
  ArrowUp: 0.01,
  PageDown: -0.1,
  PageUp: 0.1,
}

/** The line between before and after. */
export function SplitHandle({ split, left, onDrag, onSplit }: SplitHandleProps) {
  const { t } = useTranslation('viewer')
  const keyed = (event: KeyboardEvent) => {
    const step = steps[event.key]
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? 1 : step === undefined ? null : split + step
    if (next === null) return
    event.preventDefault()
    event.stopPropagation()
    onSplit(Math.min(1, Math.max(0, next)))
  }
  const dragged = (event: PointerEvent) => {
    event.stopPropagation()
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onDrag(event.clientX)
  }
  const percent = Math.round(split * 100)
  return (
    <div
      className={classes.split}
      style={{ left }}
      role="slider"
      tabIndex={0}
      aria-label={t('split.label')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={t('split.value', { percent })}
      onKeyDown={keyed}
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={dragged}
    >
      <span className={classes.knob}>
        <IconArrowsHorizontal size={20} stroke={1.75} aria-hidden />
      </span>
    </div>
  )
}
