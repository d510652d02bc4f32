import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconInfoCircle,
  IconCircleX,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './StatusWord.module.css'

export type StatusTone = 'neutral' | 'tide' | 'good' | 'caution' | 'danger' | 'info'

const icons: Readonly<Record<StatusTone, Icon>> = {
  neutral: IconClock,
  tide: IconInfoCircle,
  good: IconCircleCheck,
  caution: IconAlertTriangle,
  danger: IconCircleX,
  info: IconInfoCircle,
}

interface StatusWordProps {
  tone: StatusTone
  children: ReactNode
  icon?: Icon
  /** With the tone's quiet background, for lists and boards. */
  filled?: boolean
}

/** A status as an icon and a word, so that colour never says it alone. */
export function StatusWord({ tone, children, icon, filled = false }: StatusWordProps) {
  const StatusIcon = icon ?? icons[tone]
  return (
    <span className={classes.status} data-tone={tone} data-filled={filled || undefined}>
      <StatusIcon size={16} stroke={1.75} aria-hidden className={classes.icon} />
      <span>{children}</span>
    </span>
  )
}
