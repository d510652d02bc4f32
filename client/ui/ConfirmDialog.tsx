import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './Dialog.tsx'
import { SavingButton } from './SavingButton.tsx'

interface ConfirmDialogProps {
  opened: boolean
  /** A question that names what happens: "End the consult for both of you?" */
  title: string
  children?: ReactNode
  /** The verb that happens: "End consult". Never "OK". */
  confirmLabel: string
  /** What stays as it is: "Keep talking". */
  cancelLabel?: string
  tone?: 'danger' | 'tide'
  pending?: boolean
  onConfirm: () => void
  onCancel: () => void
}

/** Asks once before something that cannot be taken back. Focus begins on the harmless answer. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation()
  const { opened, title, children, confirmLabel, cancelLabel, tone = 'danger', pending = false } = props
  return (
    <Dialog opened={opened} onClose={props.onCancel} title={title} closeButton={false}>
      {children && (
        <Text c="dimmed" component="div">
          {children}
        </Text>
      )}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={props.onCancel} data-autofocus disabled={pending}>
          {cancelLabel ?? t('cancel')}
        </Button>
        <SavingButton color={tone} onClick={props.onConfirm} saving={pending}>
          {confirmLabel}
        </SavingButton>
      </Group>
    </Dialog>
  )
}
