import { Button, Skeleton, Stack } from '@mantine/core'
import { useHotkeys, useLocalStorage } from '@mantine/hooks'
import { IconArmchair, IconBell, IconBellOff, IconCalendarOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { VisitCard } from '#shared/consult.ts'
import { formatTime, useNow } from '../platform/time.ts'
import { EmptyState, KeysHelp, Loaded, PageShell, Panel, TimeText } from '../ui/index.ts'
import { useArrivals } from './clinic/use-arrivals.ts'
import { useClinic } from './clinic/useClinic.ts'
import { DoneRow, LaterRow, LiveCard, useAdmit, WaitingCard } from './clinic/VisitCards.tsx'
import classes from './clinic/clinic.module.css'
import { usePreparedCall } from './prepare-calls.ts'

/** The doctor's board: who waits, who is in, who comes later, who is done. The next right action stands out. */
export function ClinicPage() {
  const { t } = useTranslation('clinic')
  const now = useNow()
  const clinic = useClinic()
  const [sound, setSound] = useLocalStorage({ key: 'bedside.chime', defaultValue: true })
  const waiting = clinic.data?.visits.filter((visit) => visit.state === 'waiting')
  useArrivals(waiting, sound)
  const admit = useAdmit()
  const next = waiting?.[0]?.consultId
  usePreparedCall(next ?? null)
  useHotkeys([
    [
      'a',
      () => {
        if (next && !admit.isPending) admit.mutate(next)
      },
    ],
  ])

  return (
    <PageShell
      title={t('title')}
      subtitle={<TimeText at={now} as="day" />}
      count={waiting?.length ?? 0}
      actions={
        <Button
          variant="subtle"
          aria-pressed={sound}
          leftSection={
            sound ? (
              <IconBell size={20} stroke={1.75} aria-hidden />
            ) : (
              <IconBellOff size={20} stroke={1.75} aria-hidden />
            )
          }
          onClick={() => {
            setSound(!sound)
          }}
        >
          {sound ? t('chimeOn') : t('chimeOff')}
        </Button>
      }
    >
      <KeysHelp keys={[{ keys: 'a', meaning: t('keys.admit') }]} />
      <Loaded query={clinic} skeleton={<Skeleton height={420} />}>
        {({ visits }) =>
          visits.length === 0 ? (
            <Panel>
              <EmptyState icon={IconCalendarOff} title={t('noVisits')}>
                {t('noVisitsText')}
              </EmptyState>
            </Panel>
          ) : (
            <Board visits={visits} now={now} />
          )
        }
      </Loaded>
    </PageShell>
  )
}

function Board({ visits, now }: { visits: readonly VisitCard[]; now: number }) {
  const { t } = useTranslation('clinic')
  const waiting = visits.filter((visit) => visit.state === 'waiting')
  const live = visits.filter((visit) => visit.state === 'live')
  const later = visits.filter((visit) => visit.state === 'scheduled' || visit.state === 'preparing')
  const done = visits.filter((visit) => ['ended', 'cancelled', 'noshow'].includes(visit.state))
  const [next] = later
  return (
    <div className={classes.board}>
      <Stack gap="lg">
        <Panel title={t('waiting')} aside={<Count of={waiting} />}>
          {waiting.length === 0 ? (
            <EmptyState icon={IconArmchair} title={t('nobodyWaits')}>
              {next
                ? t('nextAt', { name: next.patientName, time: formatTime(next.startsAt) })
                : t('nobodyWaitsText')}
            </EmptyState>
          ) : (
            <Stack gap="sm">
              {waiting.map((visit, place) => (
                <WaitingCard key={visit.appointmentId} visit={visit} now={now} first={place === 0} />
              ))}
            </Stack>
          )}
        </Panel>
        {live.length > 0 && (
          <Panel title={t('live')} aside={<Count of={live} />}>
            <Stack gap="sm">
              {live.map((visit) => (
                <LiveCard key={visit.appointmentId} visit={visit} now={now} />
              ))}
            </Stack>
          </Panel>
        )}
      </Stack>
      <Stack gap="lg">
        {later.length > 0 && (
          <Rows title={t('later')} visits={later}>
            {later.map((visit) => (
              <LaterRow key={visit.appointmentId} visit={visit} now={now} />
            ))}
          </Rows>
        )}
        {done.length > 0 && (
          <Rows title={t('done')} visits={done}>
            {done.map((visit) => (
              <DoneRow key={visit.appointmentId} visit={visit} />
            ))}
          </Rows>
        )}
      </Stack>
    </div>
  )
}

function Rows({
  title,
  visits,
  children,
}: {
  title: string
  visits: readonly VisitCard[]
  children: ReactNode
}) {
  return (
    <Panel title={title} aside={<Count of={visits} />} flush>
      <ul className={classes.rows}>{children}</ul>
    </Panel>
  )
}

function Count({ of }: { of: readonly VisitCard[] }) {
  return <span className={classes.count}>{of.length}</span>
}
