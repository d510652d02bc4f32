import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AppointmentId } from '#shared/ids.ts'
import { readAppointment, type Appointment } from '#shared/scheduling.ts'
import { ApiError, call } from '../platform/api.ts'
import { ErrorNotice, Notice, SavingButton } from '../ui/index.ts'
import classes from './panel.module.css'

interface StaleProps {
  pending: boolean
  error: Error | null
  reload: () => void
}

/** What to show when the change was refused because the visit is no longer the one that was read; null otherwise. */
export function useStale(
  appointmentId: AppointmentId,
  error: Error | null,
  onReloaded: (visit: Appointment) => void,
): StaleProps | null {
  const reload = useMutation({
    mutationFn: () => call(readAppointment, { params: { appointmentId } }),
    onSuccess: onReloaded,
  })
  const outdated = error instanceof ApiError && (error.code === 'stale_version' || error.code === 'conflict')
  if (!outdated) return null
  return {
    pending: reload.isPending,
    error: reload.error,
    reload: () => {
      reload.mutate()
    },
  }
}

/** Says that somebody else changed the visit, and offers to load it as it is now. */
export function Stale({ pending, error, reload }: StaleProps) {
  const { t } = useTranslation('scheduling')
  return (
    <>
      <Notice tone="caution" title={t('visit.stale')}>
        {t('visit.staleText')}
        <div className={classes.times}>
          <SavingButton size="sm" variant="default" saving={pending} onClick={reload}>
            {t('visit.reload')}
          </SavingButton>
        </div>
      </Notice>
      <ErrorNotice error={error} />
    </>
  )
}
