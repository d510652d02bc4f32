import { Button } from '@mantine/core'
import {
  IconCalendarOff,
  IconClockHour4,
  IconDeviceMobile,
  IconLinkOff,
  IconRefresh,
  type Icon,
} from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../platform/api.ts'
import { afterStop } from '../../platform/lists.ts'
import { useNow } from '../../platform/time.ts'
import { EmptyState, ErrorState, FocusPage, TimeText, useTitle } from '../../ui/index.ts'

const kinds = {
  link_expired: IconClockHour4,
  link_revoked: IconLinkOff,
  appointment_cancelled: IconCalendarOff,
  link_on_other_device: IconDeviceMobile,
  not_found: IconLinkOff,
  consult_ended: IconClockHour4,
} as const satisfies Partial<Record<ApiError['code'], Icon>>

function kindOf(code: ApiError['code']): keyof typeof kinds | null {
  // A mistyped link has not even the shape of one.
  if (code === 'invalid_request') return 'not_found'
  return code in kinds ? (code as keyof typeof kinds) : null
}

interface LinkProblemProps {
  error: unknown
  onRetry: () => void
}

/** Why a link does not open, and what to do next. */
export function LinkProblem({ error, onRetry }: LinkProblemProps) {
  const { t } = useTranslation('consult')
  useTitle(t('join.title'))
  return (
    <FocusPage>
      <Problem error={error} onRetry={onRetry} />
    </FocusPage>
  )
}

function Problem({ error, onRetry }: LinkProblemProps) {
  const { t } = useTranslation('consult')
  const again = (
    <Button
      variant="default"
      leftSection={<IconRefresh size={18} stroke={1.75} aria-hidden />}
      onClick={onRetry}
    >
      {t('join.problem.tryAgain')}
    </Button>
  )
  if (!(error instanceof ApiError)) return <ErrorState error={error} onRetry={onRetry} />
  if (error.code === 'link_too_early' && typeof error.params.opensAt === 'number') {
    return <TooEarly opensAt={error.params.opensAt} onOpen={onRetry} />
  }
  const kind = kindOf(error.code)
  if (kind === null) return <ErrorState error={error} onRetry={onRetry} />
  return (
    <EmptyState
      page
      icon={kinds[kind]}
      title={t(`join.problem.${kind}.title`)}
      action={kind === 'link_on_other_device' ? again : undefined}
    >
      <p>{t(`join.problem.${kind}.next`)}</p>
    </EmptyState>
  )
}

/** Opens by itself when the time has come. */
function TooEarly({ opensAt, onOpen }: { opensAt: number; onOpen: () => void }) {
  const { t } = useTranslation('consult')
  const at = useNow(5000)
  const due = at >= opensAt
  useEffect(() => {
    if (due) onOpen()
  }, [due, onOpen])
  return (
    <EmptyState page icon={IconClockHour4} title={t('join.problem.link_too_early.title')}>
      <p>
        {t('join.problem.link_too_early.opens')}
        {afterStop()}
        <TimeText at={opensAt} as="dayTime" />
        {' · '}
        <TimeText at={opensAt} as="relative" />
      </p>
      <p>{t('join.problem.link_too_early.next')}</p>
    </EmptyState>
  )
}
