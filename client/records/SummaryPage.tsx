import { Button } from '@mantine/core'
import { IconCalendarCheck, IconClipboardText, IconHeartRateMonitor, IconVideo } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ConsultId } from '#shared/ids.ts'
import { readVisitSummary, type VisitSummary } from '#shared/records.ts'
import { useSession } from '../identity/useSession.ts'
import { telephone } from '../platform/lists.ts'
import { read } from '../platform/query.ts'
import { formatDayTime, formatLength } from '../platform/time.ts'
import { ErrorState, FocusPage, Loaded, Notice, Panel, TimeText, useTitle } from '../ui/index.ts'
import classes from './SummaryPage.module.css'

const renewMs = 20_000

/** What the patient keeps from a visit: what was agreed, when they meet again, and what to do if it gets worse. */
export function SummaryPage() {
  const { t } = useTranslation('records')
  const { id } = useParams()
  const consultId = ConsultId.safeParse(id)
  useTitle(t('summary.title'))
  if (!consultId.success) {
    return (
      <FocusPage>
        <ErrorState error={null} />
      </FocusPage>
    )
  }
  return <Summary consultId={consultId.data} />
}

function Summary({ consultId }: { consultId: ConsultId }) {
  const query = useQuery({
    ...read(readVisitSummary, { params: { consultId } }),
    // The doctor may still be writing.
    refetchInterval: ({ state }) => (state.data?.plan === null ? renewMs : false),
  })
  const data = query.data
  const { t } = useTranslation('records')
  return (
    <FocusPage
      wide
      clinic={data?.organizationName}
      person={data ? { name: data.practitionerName, role: t('summary.doctor') } : undefined}
    >
      <Loaded query={query}>{(summary) => <Content summary={summary} />}</Loaded>
    </FocusPage>
  )
}

function Content({ summary }: { summary: VisitSummary }) {
  const { t } = useTranslation('records')
  const session = useSession()
  const { endedAt, startedAt, plan, followUp, organizationName, organizationTelecom } = summary
  const member = session.state === 'in' && session.me.userId !== null
  return (
    <div className={classes.summary}>
      <div>
        <h1 className={classes.title}>{endedAt === null ? t('summary.stillOpen') : t('summary.thanks')}</h1>
        <p className={classes.when}>
          <TimeText at={startedAt} as="dayTime" />
          {endedAt !== null && ` · ${formatLength(Math.max(60_000, endedAt - startedAt))}`}
        </p>
      </div>
      {endedAt === null && (
        <Notice
          tone="info"
          icon={IconVideo}
          action={
            <Button component={Link} to={`/consults/${summary.consultId}`} size="sm">
              {t('summary.goBack')}
            </Button>
          }
        >
          {t('summary.stillOpenText')}
        </Notice>
      )}
      <Panel title={t('summary.agreed')}>
        <div className={classes.part}>
          <IconClipboardText size={22} stroke={1.75} aria-hidden />
          {plan === null ? (
            <p role="status">{t('summary.notYet', { doctor: summary.practitionerName })}</p>
          ) : (
            <p className={classes.plan}>{plan}</p>
          )}
        </div>
      </Panel>
      <Panel title={t('summary.next')}>
        <div className={classes.part}>
          <IconCalendarCheck size={22} stroke={1.75} aria-hidden />
          {followUp ? (
            <p>
              <strong>{formatDayTime(followUp.startsAt)}</strong>
              <br />
              {t('summary.nextHow')}
            </p>
          ) : (
            <p>{t('summary.noNext')}</p>
          )}
        </div>
      </Panel>
      <Panel title={t('summary.worse')}>
        <div className={classes.part}>
          <IconHeartRateMonitor size={22} stroke={1.75} aria-hidden />
          <div>
            <p>
              {organizationTelecom
                ? t('summary.worseCall', {
                    clinic: organizationName,
                    telecom: telephone(organizationTelecom),
                  })
                : t('summary.worseText', { clinic: organizationName })}
            </p>
            {organizationTelecom && (
              <Button
                component="a"
                href={`tel:${organizationTelecom.replaceAll(/[^+\d]/g, '')}`}
                variant="light"
              >
                {t('summary.call', { telecom: telephone(organizationTelecom) })}
              </Button>
            )}
            <p className={classes.emergency}>{t('summary.emergency')}</p>
          </div>
        </div>
      </Panel>
      {member && (
        <Button component={Link} to="/home" variant="default">
          {t('summary.home')}
        </Button>
      )}
      <p className={classes.close}>{t('summary.close')}</p>
    </div>
  )
}
