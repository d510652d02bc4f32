import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { telephone } from '../platform/lists.ts'
import { EmptyState, ErrorState } from '../ui/index.ts'
import type { CallState } from './call/call-state.ts'

interface CallOverProps {
  end: NonNullable<CallState['end']>
  telecom?: string | null
}

/** In place of a call that stopped for another reason than its proper end. */
export function CallOver({ end, telecom = null }: CallOverProps) {
  const { t } = useTranslation('consult')
  const again = (
    <Button
      leftSection={<IconRefresh size={18} stroke={1.75} aria-hidden />}
      onClick={() => {
        location.reload()
      }}
    >
      {t('over.comeBack')}
    </Button>
  )
  switch (end.reason) {
    case 'taken':
      return (
        <EmptyState page icon={IconDeviceDesktop} title={t('over.taken.title')} action={again}>
          <p>{t('over.taken.next')}</p>
        </EmptyState>
      )
    case 'revoked':
      return (
        <EmptyState page icon={IconPlugConnectedX} title={t('over.revoked.title')}>
          <p>{telecom ? t('over.revoked.call', { telecom: telephone(telecom) }) : t('over.revoked.next')}</p>
        </EmptyState>
      )
    case 'refused':
      return <ErrorState error={end.error} action={again} />
    case 'ended':
    case 'left':
      return (
        <EmptyState page icon={IconPlugConnectedX} title={t('over.left.title')} action={again}>
          <p>{t('over.left.next')}</p>
        </EmptyState>
      )
  }
}
