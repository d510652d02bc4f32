import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, type Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError } from '../platform/describe-error.ts'
import classes from './Notice.module.css'

type NoticeTone = 'tide' | 'good' | 'caution' | 'danger' | 'info'

const icons: Readonly<Record<NoticeTone, Icon>> = {
  tide: IconInfoCircle,
  good: IconCircleCheck,
  caution: IconAlertTriangle,
  danger: IconAlertTriangle,
  info: IconInfoCircle,
}

interface NoticeProps {
  tone: NoticeTone
  title?: string
  children?: ReactNode
  icon?: Icon
  action?: ReactNode
}

/** A sentence that stays in the page. Danger and caution are read out at once. */
export function Notice({ tone, title, children, icon, action }: NoticeProps) {
  const NoticeIcon = icon ?? icons[tone]
  const urgent = tone === 'danger' || tone === 'caution'
  return (
    <div className={classes.notice} data-tone={tone} role={urgent ? 'alert' : 'status'}>
      <NoticeIcon size={20} stroke={1.75} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        {title && <strong className={classes.title}>{title}</strong>}
        {children && <div className={classes.text}>{children}</div>}
      </div>
      {action}
    </div>
  )
}

/** A failed action, beside the button that caused it. Renders nothing without an error. */
export function ErrorNotice({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (error === null || error === undefined) return null
  const words = describeError(error, t)
  return (
    <Notice tone="danger" title={words.what}>
      {words.next}
      {words.ours && words.code && <div className={classes.code}>{t('quoteCode', { code: words.code })}</div>}
    </Notice>
  )
}
