import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './OwnPicture.module.css'

type Corner = 'bottom-end' | 'bottom-start' | 'top-end' | 'top-start'

interface OwnPictureProps {
  /** Another name, for a small picture of somebody else. */
  label?: string
  /** Where it begins. */
  at?: Corner
  children: ReactNode
}

/** The own picture: small, in a corner, moved to another one by hand or by the arrow keys. */
export function OwnPicture({ label, at = 'bottom-end', children }: OwnPictureProps) {
  const { t } = useTranslation('consult')
  const [corner, setCorner] = useState<Corner>(at)
  const [shift, setShift] = useState<{ x: number; y: number } | null>(null)
  const from = useRef<{ x: number; y: number } | null>(null)

  const grab = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, y: event.clientY }
  }
  const move = (event: PointerEvent) => {
    if (!from.current) return
    setShift({ x: event.clientX - from.current.x, y: event.clientY - from.current.y })
  }
  const drop = (event: PointerEvent<HTMLDivElement>) => {
    if (!from.current) return
    from.current = null
    setShift(null)
    const frame = event.currentTarget.offsetParent?.getBoundingClientRect()
    if (!frame) return
    const box = event.currentTarget.getBoundingClientRect()
    const start = box.left + box.width / 2 < frame.left + frame.width / 2
    const top = box.top + box.height / 2 < frame.top + frame.height / 2
    setCorner(`${top ? 'top' : 'bottom'}-${start ? 'start' : 'end'}`)
  }
  const byKey = (event: KeyboardEvent) => {
    const next = cornerAfter(corner, event.key)
    if (next === null) return
    event.preventDefault()
    setCorner(next)
  }
  return (
    <div
      className={classes.own}
      data-corner={corner}
      data-moving={shift ? true : undefined}
      style={shift ? { transform: `translate(${shift.x}px, ${shift.y}px)` } : undefined}
      role="group"
      aria-label={label ?? t('room.ownPicture')}
      tabIndex={0}
      onPointerDown={grab}
      onPointerMove={move}
      onPointerUp={drop}
      onPointerCancel={drop}
      onKeyDown={byKey}
    >
      {children}
    </div>
  )
}

function cornerAfter(corner: Corner, key: string): Corner | null {
  const [vertical, horizontal] = corner.split('-') as ['top' | 'bottom', 'start' | 'end']
  switch (key) {
    case 'ArrowUp':
      return `top-${horizontal}`
    case 'ArrowDown':
      return `bottom-${horizontal}`
    case 'ArrowLeft':
      return `${vertical}-start`
    case 'ArrowRight':
      return `${vertical}-end`
    default:
      return null
  }
}
