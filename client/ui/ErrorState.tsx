import { Button } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError } from '../platform/describe-error.ts'
import classes from './State.module.css'

interface ErrorStateProps {
  error: unknown
  onRetry?: (() => void) | undefined
  /** Another way out, such as a telephone number or a link back. */
  action?: ReactNode
}

/** In place of content that could not be loaded: what happened, what to do, a code to quote. */
export function ErrorState({ error, onRetry, action }: ErrorStateProps) {
  const { t } = useTranslation()
  const words = describeError(error, t)
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon} data-tone="danger">
        <IconAlertTriangle size={26} stroke={1.75} aria-hidden />
      </span>
      <p className={classes.title}>{words.what}</p>
      <p className={classes.text}>{words.next}</p>
      {(onRetry ?? action) && (
        <div className={classes.action}>
          {onRetry && (
            <Button
              variant="default"
              leftSection={<IconRefresh size={18} stroke={1.75} aria-hidden />}
              onClick={onRetry}
            >
              {t('retry')}
            </Button>
          )}
          {action}
        </div>
      )}
      {words.code && <p className={classes.code}>{t('quoteCode', { code: words.code })}</p>}
    </div>
  )
}
