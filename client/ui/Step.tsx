import { Title } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Step.module.css'

interface StepProps {
  /** From 1. */
  step: number
  of: number
  /** The one decision of this screen, as a question or an instruction. */
  title: string
  hint?: ReactNode
  children?: ReactNode
  /** The buttons; they stay under the thumb on phones. */
  actions?: ReactNode
}

/** One decision on a screen, "Step 2 of 4". Moves focus to its title, so that each step is read out. */
export function Step({ step, of, title, hint, children, actions }: StepProps) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (step > 1) heading.current?.focus()
  }, [step])
  return (
    <section className={classes.step} aria-label={t('step.of', { step, count: of })}>
      <div className={classes.progress}>
        <span className={classes.count}>{t('step.of', { step, count: of })}</span>
        <span className={classes.track} aria-hidden>
          {Array.from({ length: of }, (_, index) => (
            <span key={index} className={classes.part} data-done={index < step || undefined} />
          ))}
        </span>
      </div>
      <Title order={1} ref={heading} tabIndex={-1} className={classes.title}>
        {title}
      </Title>
      {hint && <div className={classes.hint}>{hint}</div>}
      <div className={classes.body}>{children}</div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </section>
  )
}
