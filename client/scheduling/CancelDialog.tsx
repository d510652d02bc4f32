import { TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cancelAppointment, type Appointment } from '#shared/scheduling.ts'
import { call } from '../platform/api.ts'
import { formatDayTime } from '../platform/time.ts'
import { ConfirmDialog, ErrorNotice } from '../ui/index.ts'
import { Stale, useStale } from './Stale.tsx'
import classes from './panel.module.css'
import { useRenewCalendar } from './useSchedule.ts'

interface CancelDialogProps {
  opened: boolean
  visit: Appointment
  zone: string
  onClose: () => void
  onDone: (visit: Appointment) => void
}

/** Asks once before a visit is called off, and says what that does. */
export function CancelDialog({ opened, visit, zone, onClose, onDone }: CancelDialogProps) {
  const { t } = useTranslation('scheduling')
  const renew = useRenewCalendar()
  const [reason, setReason] = useState('')
  const cancel = useMutation({
    mutationFn: () =>
      call(cancelAppointment, {
        params: { appointmentId: visit.id },
        body: { version: visit.version, reason: reason.trim() },
      }),
    onSuccess: onDone,
    onSettled: renew,
  })
  const stale = useStale(visit.id, cancel.error, (present) => {
    cancel.reset()
    onDone(present)
  })
  return (
    <ConfirmDialog
      opened={opened}
      title={t('visit.cancelTitle', { name: visit.patient.displayName })}
      confirmLabel={t('visit.cancel')}
      cancelLabel={t('visit.cancelKeep')}
      pending={cancel.isPending}
      onConfirm={() => {
        cancel.mutate()
      }}
      onCancel={() => {
        cancel.reset()
        onClose()
      }}
    >
      <div className={classes.form}>
        {t('visit.cancelText', {
          time: formatDayTime(visit.startsAt, { zone }),
          doctor: visit.practitioner.displayName,
        })}
        <TextInput
          label={t('visit.cancelWhy')}
          value={reason}
          maxLength={500}
          onChange={(event) => {
            setReason(event.currentTarget.value)
          }}
        />
        {stale ? <Stale {...stale} /> : <ErrorNotice error={cancel.error} />}
      </div>
    </ConfirmDialog>
  )
}
