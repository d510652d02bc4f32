import { useId, type ReactNode } from 'react'
import classes from './PatientContextPanel.module.css'

/** One heading of the chart. */
export function Block({
  title,
  urgent = false,
  children,
}: {
  title: string
  urgent?: boolean
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className={classes.block} data-urgent={urgent || undefined} aria-labelledby={id}>
      <h3 id={id} className={classes.heading}>
        {title}
      </h3>
      {children}
    </section>
  )
}
