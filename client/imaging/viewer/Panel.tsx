import { Tabs } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Panel.module.css'
import { ToolButton } from './ToolButton.tsx'

const tabs = ['marks', 'enhance', 'inside', 'read'] as const
export type PanelTab = (typeof tabs)[number]

interface PanelProps {
  tab: PanelTab
  onTab: (tab: PanelTab) => void
  onClose: () => void
  marks: ReactNode
  enhance: ReactNode
  /** Null: not for this reader. */
  inside: ReactNode
  /** Null: not here, or not for this reader. */
  read: ReactNode
}

/** Beside the picture: what is drawn on it, and what is made of it. Further tabs have their place here. */
export function Panel({ tab, onTab, onClose, marks, enhance, inside, read }: PanelProps) {
  const { t } = useTranslation('viewer')
  return (
    <aside className={classes.panel} aria-label={t('panel.label')}>
      <Tabs
        value={tab}
        onChange={(next) => {
          const known = tabs.find((one) => one === next)
          if (known) onTab(known)
        }}
        keepMounted={false}
        className={classes.tabs ?? ''}
      >
        <div className={classes.head}>
          <Tabs.List className={classes.tabList ?? ''}>
            <Tabs.Tab value="marks">{t('panel.marks')}</Tabs.Tab>
            <Tabs.Tab value="enhance">{t('panel.enhance')}</Tabs.Tab>
            {inside !== null && <Tabs.Tab value="inside">{t('panel.inside')}</Tabs.Tab>}
            {read !== null && <Tabs.Tab value="read">{t('panel.read')}</Tabs.Tab>}
          </Tabs.List>
          <ToolButton icon={IconX} label={t('panel.close')} onClick={onClose} />
        </div>
        <div className={classes.body} tabIndex={0} role="group" aria-label={t(`panel.${tab}`)}>
          <Tabs.Panel value="marks">{marks}</Tabs.Panel>
          <Tabs.Panel value="enhance">{enhance}</Tabs.Panel>
          <Tabs.Panel value="inside">{inside}</Tabs.Panel>
          <Tabs.Panel value="read">{read}</Tabs.Panel>
        </div>
      </Tabs>
    </aside>
  )
}
