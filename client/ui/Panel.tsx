import { Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import classes from './Panel.module.css'

interface PanelProps {
  title?: string
  /** Level of the title; 2 unless the panel sits inside another. */
  order?: 2 | 3
  /** Beside the title: a count or a button. */
  aside?: ReactNode
  /** Without inner space, for lists and tables that reach the edge. */
  flush?: boolean
  children: ReactNode
}

/** A surface with a hairline around it: a named region of the page. */
export function Panel({ title, order = 2, aside, flush = false, children }: PanelProps) {
  const id = useId()
  return (
    <section className={classes.panel} {...(title ? { 'aria-labelledby': id } : {})}>
      {(title ?? aside) && (
        <header className={classes.head}>
          {title && (
            <Title order={order} id={id} className={classes.title}>
              {title}
            </Title>
          )}
          {aside}
        </header>
      )}
      <div className={classes.body} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  )
}
