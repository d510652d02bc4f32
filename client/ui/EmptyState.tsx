import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './State.module.css'

interface EmptyStateProps {
  icon: Icon
  title: string
  /** What it means, or what to do next. */
  children?: ReactNode
  action?: ReactNode
  /** It is all that the page has to say: the title is the page's heading. */
  page?: boolean
}

/** A list, or a page, with nothing in it: says so, and offers the next step. */
export function EmptyState({ icon: StateIcon, title, children, action, page = false }: EmptyStateProps) {
  const Title = page ? 'h1' : 'p'
  return (
    <div className={classes.state}>
      <span className={classes.icon}>
        <StateIcon size={26} stroke={1.75} aria-hidden />
      </span>
      <Title className={classes.title}>{title}</Title>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}
