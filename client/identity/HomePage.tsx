import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconCalendarOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { listMyAppointments } from '#shared/scheduling.ts'
import { read } from '../platform/query.ts'
import { EmptyState, Loaded, PageShell, Panel } from '../ui/index.ts'
import { LaterVisits } from './LaterVisits.tsx'
import { NextVisit } from './NextVisit.tsx'
import { PastVisits } from './PastVisits.tsx'
import { useSession } from './useSession.ts'

/** The patient's own page: the next visit with its door, later visits, what was agreed in past ones. */
export function HomePage() {
  const { t } = useTranslation('identity')
  const session = useSession()
  const visits = useQuery({ ...read(listMyAppointments), refetchInterval: 60_000 })
  if (session.state !== 'in') return null
  const { displayName, organization } = session.me
  return (
    <PageShell
      title={t('home.title', { name: displayName })}
      subtitle={t('home.lead', { clinic: organization.name })}
      width="text"
    >
      <Stack gap="lg">
        <Loaded query={visits} skeleton={<Skeleton height={280} />}>
          {({ upcoming: [next, ...later] }) =>
            next ? (
              <>
                <NextVisit visit={next} />
                {later.length > 0 && <LaterVisits visits={later} />}
              </>
            ) : (
              <Panel>
                <EmptyState icon={IconCalendarOff} title={t('home.noneTitle')}>
                  {t('home.noneText')}
                </EmptyState>
              </Panel>
            )
          }
        </Loaded>
        <PastVisits />
      </Stack>
    </PageShell>
  )
}
