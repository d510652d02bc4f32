import { CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './SidePanel.module.css'

interface SidePanelProps {
  label: string
  /** Tabs; the label stands there without them. */
  head?: ReactNode
  children: ReactNode
  onClose: () => void
}

/** What stands beside the stage: a column on wide screens, a sheet over its lower part on phones. */
export function SidePanel({ label, head, children, onClose }: SidePanelProps) {
  const { t } = useTranslation('consult')
  return (
    <aside
      className={classes.panel}
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <div className={classes.head}>
        {head ?? <span className={classes.title}>{label}</span>}
        <CloseButton aria-label={t('room.closePanel')} onClick={onClose} />
      </div>
      <div className={classes.body}>{children}</div>
    </aside>
  )
}
