import { IconCamera } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallSession } from '../consult/call/CallSession.ts'
import { useCall } from '../consult/call/useCall.ts'
import { BarButton } from '../consult/room/CallBar.tsx'
import { announce, notify } from '../ui/index.ts'
import { useAskForPicture } from './capture/useAskForPicture.ts'

interface SnapshotButtonProps {
  session: CallSession
  patient: string
  onAsked: () => void
}

/** The doctor asks for a picture; the patient decides. */
export function SnapshotButton({ session, patient, onAsked }: SnapshotButtonProps) {
  const { t } = useTranslation('imaging')
  const { view } = useCall(session)
  const ask = useAskForPicture(session, patient)
  useEffect(
    () =>
      session.onNews('snapshot:answered', ({ allowed }) => {
        if (allowed) announce(t('allowed', { name: patient }))
        else notify.say('info', t('declined', { name: patient }), t('declinedNext'))
      }),
    [session, patient, t],
  )
  useEffect(
    () =>
      session.onNews('snapshot:lapsed', ({ allowed }) => {
        const outcome = allowed ? 'lapsed' : 'unanswered'
        notify.say('info', t(`${outcome}.what`, { name: patient }), t(`${outcome}.next`))
      }),
    [session, patient, t],
  )
  return (
    <BarButton
      icon={IconCamera}
      label={t('take')}
      word={t('takeWord')}
      disabled={ask.isPending || Boolean(view?.snapshotRequest)}
      onClick={() => {
        ask.mutate(null, { onSuccess: onAsked })
      }}
    />
  )
}
