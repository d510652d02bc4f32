import { useTranslation } from 'react-i18next'
import type { Appointment } from '#shared/scheduling.ts'
import { Panel, PersonAvatar, TimeText } from '../ui/index.ts'
import { CancelVisit } from './CancelVisit.tsx'
import classes from './visits.module.css'

/** Visits after the next one, soonest first. */
export function LaterVisits({ visits }: { visits: readonly Appointment[] }) {
  const { t } = useTranslation('identity')
  return (
    <Panel title={t('home.later')} flush>
      <ul className={classes.list}>
        {visits.map((visit) => (
          <li key={visit.id} className={classes.row}>
            <PersonAvatar name={visit.practitioner.displayName} />
            <div className={classes.words}>
              <div className={classes.strong}>
                <TimeText at={visit.startsAt} as="dayTime" />
              </div>
              <div className={classes.dim}>
                {visit.practitioner.displayName} · {visit.reason}
              </div>
            </div>
            <CancelVisit visit={visit} small />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
