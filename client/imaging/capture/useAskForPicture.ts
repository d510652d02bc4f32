import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { QualityReason } from '#shared/imaging-capture.ts'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { newKey } from '../../platform/key.ts'
import { announce, notify } from '../../ui/index.ts'

/** The doctor asks for a picture, or for another one, with what was wrong with the one before. */
export function useAskForPicture(session: CallSession, patient: string) {
  const { t } = useTranslation('imaging')
  return useMutation({
    mutationFn: (reason: QualityReason | null) =>
      session.request('snapshot:request', {
        idempotencyKey: newKey(),
        ...(reason === null ? {} : { reason }),
      }),
    onSuccess: () => {
      announce(t('asked', { name: patient }))
    },
    onError: (error) => {
      notify.problem(error)
    },
  })
}
