import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './PageShell.module.css'
import { useTitle } from './use-title.ts'

interface PageShellProps {
  title: string
  /** One line under the title: the day, the clinic, a count. */
  subtitle?: ReactNode
  /** Buttons on the right; the most likely one last. */
  actions?: ReactNode
  /** `text` for reading (72 characters), `page` for lists and boards, `fill` for a calendar that takes the whole height. */
  width?: 'text' | 'page' | 'fill'
  /** Shown in the tab's title, for what waits. */
  count?: number
  children: ReactNode
}

/** A page inside the app's frame: its title (also the tab's), its actions, its content. */
export function PageShell({ title, subtitle, actions, width = 'page', count, children }: PageShellProps) {
  useTitle(title, count)
  return (
    <div className={classes.page} data-width={width} data-fill={width === 'fill' || undefined}>
      <header className={classes.head}>
        <div className={classes.titles}>
          <Title order={1} className={classes.title}>
            {title}
          </Title>
          {subtitle && <div className={classes.subtitle}>{subtitle}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.content}>{children}</div>
    </div>
  )
}
