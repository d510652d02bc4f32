import { useTranslation } from 'react-i18next'
import type { CallSession } from './call/CallSession.ts'
import { Chat } from './Chat.tsx'
import { SidePanel } from './room/SidePanel.tsx'

/** The chat beside the patient's call. */
export function PatientPanel({ session, onClose }: { session: CallSession; onClose: () => void }) {
  const { t } = useTranslation('consult')
  return (
    <SidePanel label={t('bar.chat')} onClose={onClose}>
      <Chat session={session} hint={t('chat.empty')} />
    </SidePanel>
  )
}
