import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconChevronRight, IconFileText } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { listMySummaries } from '#shared/records.ts'
import { read } from '../platform/query.ts'
import { formatDayTime } from '../platform/time.ts'
import { EmptyState, Loaded, Panel, PersonAvatar, TimeText } from '../ui/index.ts'
import classes from './visits.module.css'

/** What was agreed in earlier visits, newest first. */
export function PastVisits() {
  const { t } = useTranslation('identity')
  const summaries = useQuery(read(listMySummaries))
  return (
    <Panel title={t('home.past')} flush>
      <Loaded
        query={summaries}
        skeleton={
          <div className={classes.skeleton}>
            <Skeleton height={56} />
          </div>
        }
      >
        {({ summaries: past }) =>
          past.length === 0 ? (
            <EmptyState icon={IconFileText} title={t('home.noPast')} />
          ) : (
            <ul className={classes.list}>
              {past.map((visit) => (
                <li key={visit.consultId}>
                  <Link to={`/visits/${visit.consultId}/summary`} className={classes.row}>
                    <PersonAvatar name={visit.practitionerName} />
                    <div className={classes.words}>
                      <div className={classes.strong}>
                        <TimeText at={visit.startedAt} as="date" /> · {visit.practitionerName}
                      </div>
                      <div className={classes.excerpt}>{visit.plan ?? t('home.planPending')}</div>
                      {visit.followUp && (
                        <div className={classes.dim}>
                          {t('home.followUp', { time: formatDayTime(visit.followUp.startsAt) })}
                        </div>
                      )}
                    </div>
                    <IconChevronRight size={18} stroke={1.75} aria-hidden className={classes.arrow} />
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  )
}
