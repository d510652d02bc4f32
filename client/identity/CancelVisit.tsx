import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { cancelAppointment, listMyAppointments, type Appointment } from '#shared/scheduling.ts'
import { call } from '../platform/api.ts'
import { keyOf } from '../platform/query.ts'
import { formatDayTime } from '../platform/time.ts'
import { ConfirmDialog, ErrorNotice, notify } from '../ui/index.ts'

/** The patient's own way to give a time back. */
export function CancelVisit({ visit, small = false }: { visit: Appointment; small?: boolean }) {
  const { t } = useTranslation('identity')
  const queries = useQueryClient()
  const [asking, { open, close }] = useDisclosure(false)
  const cancel = useMutation({
    mutationFn: () =>
      call(cancelAppointment, {
        params: { appointmentId: visit.id },
        body: { version: visit.version, reason: '' },
      }),
    onSuccess: () => {
      close()
      notify.done(t('home.cancelled'))
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(listMyAppointments) }),
  })
  return (
    <>
      <Button variant="subtle" color="gray" size={small ? 'sm' : 'md'} onClick={open}>
        {t('home.cancel')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('home.cancelTitle', { time: formatDayTime(visit.startsAt) })}
        confirmLabel={t('home.cancel')}
        cancelLabel={t('home.keep')}
        pending={cancel.isPending}
        onConfirm={() => {
          cancel.mutate()
        }}
        onCancel={close}
      >
        {t('home.cancelText', { name: visit.practitioner.displayName })}
        <ErrorNotice error={cancel.error} />
      </ConfirmDialog>
    </>
  )
}
