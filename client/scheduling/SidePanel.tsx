import { ActionIcon, Drawer } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useCallback, useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import classes from './panel.module.css'

interface SidePanelProps {
  title: string
  /** `beside` the calendar, `over` it, or as a `sheet` that fills a phone. */
  as: 'beside' | 'over' | 'sheet'
  /** When it changes, focus goes to the panel's first field, or to its title where there is none. */
  focusKey: string
  onClose: () => void
  children: ReactNode
}

/** The panel for the chosen visit or a new booking. Focus goes in when it opens, and back when it closes. */
export function SidePanel({ title, as, focusKey, onClose, children }: SidePanelProps) {
  // The content lives in an element of its own that moves from frame to frame: turning a tablet loses nothing typed.
  const [content] = useState(() => document.createElement('div'))
  const holdContent = useCallback(
    (frame: HTMLDivElement | null) => {
      frame?.append(content)
    },
    [content],
  )
  const frame = { title, focusKey, onClose, children: <div ref={holdContent} /> }
  return (
    <>
      {createPortal(children, content)}
      {as === 'beside' ? <BesidePanel {...frame} /> : <OverPanel {...frame} as={as} />}
    </>
  )
}

function OverPanel({ title, as, onClose, children }: SidePanelProps & { as: 'over' | 'sheet' }) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      position={as === 'sheet' ? 'bottom' : 'right'}
      size={as === 'sheet' ? '100%' : 440}
      classNames={{ title: classes.panelTitle ?? '' }}
      closeButtonProps={{ 'aria-label': t('close'), size: 'lg' }}
      // Its <header> would count as a second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      {children}
    </Drawer>
  )
}

function BesidePanel({ title, focusKey, onClose, children }: Omit<SidePanelProps, 'as'>) {
  const { t } = useTranslation()
  const id = useId()
  const panel = useRef<HTMLElement>(null)
  const cameFrom = useRef<Element | null>(null)
  useEffect(() => {
    if (!panel.current?.contains(document.activeElement)) cameFrom.current = document.activeElement
    const first = panel.current?.querySelector<HTMLElement>('input, select, textarea')
    ;(first ?? panel.current?.querySelector<HTMLElement>('h2'))?.focus()
  }, [focusKey])
  useEffect(
    () => () => {
      const before = cameFrom.current
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    },
    [],
  )
  return (
    <aside ref={panel} className={classes.panel} aria-labelledby={id}>
      <header className={classes.panelHead}>
        <h2 id={id} tabIndex={-1} className={classes.panelTitle}>
          {title}
        </h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={20} stroke={1.75} aria-hidden />
        </ActionIcon>
      </header>
      <div className={classes.panelBody}>{children}</div>
    </aside>
  )
}
