import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconLinkPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readJoinLink, revokeJoinLink } from '#shared/consult.ts'
import type { Appointment } from '#shared/scheduling.ts'
import { call } from '../platform/api.ts'
import { ConfirmDialog, CopyButton, ErrorNotice, Notice } from '../ui/index.ts'
import classes from './panel.module.css'

/** The patient's link into this visit: to copy, or to replace when it went to the wrong person. */
export function JoinLink({ visit, primary }: { visit: Appointment; primary: boolean }) {
  const { t } = useTranslation('scheduling')
  const [asking, { open, close }] = useDisclosure(false)
  const params = { appointmentId: visit.id }
  const renew = useMutation({
    mutationFn: () => call(revokeJoinLink, { params }),
    onSuccess: close,
  })
  const name = visit.patient.displayName
  return (
    <>
      <div className={classes.links}>
        <CopyButton
          variant={primary ? 'filled' : 'default'}
          label={t('visit.copyLink')}
          value={async () => (await call(readJoinLink, { params })).url}
        />
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconLinkPlus size={18} stroke={1.75} aria-hidden />}
          onClick={open}
        >
          {t('visit.newLink')}
        </Button>
      </div>
      {renew.isSuccess && <Notice tone="good">{t('visit.newLinkDone')}</Notice>}
      <ConfirmDialog
        opened={asking}
        title={t('visit.newLinkTitle', { name })}
        confirmLabel={t('visit.newLink')}
        cancelLabel={t('visit.newLinkKeep')}
        pending={renew.isPending}
        onConfirm={() => {
          renew.mutate()
        }}
        onCancel={close}
      >
        {t('visit.newLinkText', { name })}
        <ErrorNotice error={renew.error} />
      </ConfirmDialog>
    </>
  )
}
