import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface DialogProps {
  opened: boolean
  onClose: () => void
  title: string
  size?: 'sm' | 'md' | 'lg' | 'xl'
  /** False where every way out is one of the dialog's own buttons. */
  closeButton?: boolean
  /** False while something lies over it that Escape is meant for. */
  closeOnEscape?: boolean
  children: ReactNode
}

/** A dialog over the page: focus stays inside, Escape closes it, focus returns to where it was. */
export function Dialog({
  opened,
  onClose,
  title,
  size = 'md',
  closeButton = true,
  closeOnEscape = true,
  children,
}: DialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      withCloseButton={closeButton}
      closeOnEscape={closeOnEscape}
      closeButtonProps={{ 'aria-label': t('close'), size: 'lg' }}
      // Its <header> would count as a second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      {children}
    </Modal>
  )
}
