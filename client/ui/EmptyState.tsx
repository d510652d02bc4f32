import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './State.module.css'

interface EmptyStateProps {
  icon: Icon
  title: string
  /** What it means, or what to do next. */
  children?: ReactNode
  action?: ReactNode
}

/** A list with nothing in it: says so, and offers the next step. */
export function EmptyState({ icon: StateIcon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      <span className={classes.icon}>
        <StateIcon size={26} stroke={1.75} aria-hidden />
      </span>
      <p className={classes.title}>{title}</p>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}
