import { useTranslation } from 'react-i18next'
import type { AuditEvent } from '#shared/identity.ts'
import { UserId } from '#shared/ids.ts'
import { formatDateTime } from '../platform/time.ts'
import { StatusWord, type StatusTone } from '../ui/index.ts'
import type { AuditFilter } from './AuditSection.tsx'
import { useActionWords } from './audit-words.ts'
import classes from './AdminPage.module.css'

interface AuditTableProps {
  events: readonly AuditEvent[]
  onFilter: (part: AuditFilter) => void
}

const tones: Readonly<Record<AuditEvent['outcome'], StatusTone>> = {
  success: 'good',
  refused: 'caution',
  failure: 'danger',
}

/** The entries as they were written; a name or a record narrows the search to it. */
export function AuditTable({ events, onFilter }: AuditTableProps) {
  const { t } = useTranslation('identity')
  const words = useActionWords()
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('admin.log.when')}</th>
          <th scope="col">{t('admin.log.who')}</th>
          <th scope="col">{t('admin.log.what')}</th>
          <th scope="col">{t('admin.log.record')}</th>
          <th scope="col">{t('admin.log.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.sequence}>
            <td className="figures">
              <div>
                <time dateTime={new Date(event.at).toISOString()}>{formatDateTime(event.at)}</time>
              </div>
              <div className={classes.dim}>{t('admin.log.number', { sequence: event.sequence })}</div>
            </td>
            <td>
              <Actor event={event} onFilter={onFilter} />
            </td>
            <td>
              <div>{words(event.action)}</div>
              <code className={`${classes.code} ${classes.dim}`}>{event.action}</code>
            </td>
            <td>{event.patientId && <PatientRecord id={event.patientId} onFilter={onFilter} />}</td>
            <td>
              <StatusWord tone={tones[event.outcome]}>{t(`admin.log.${event.outcome}`)}</StatusWord>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Actor({ event, onFilter }: { event: AuditEvent; onFilter: AuditTableProps['onFilter'] }) {
  const { t } = useTranslation('identity')
  const id = UserId.safeParse(event.actorId)
  if (event.actorKind !== 'user' || !id.success) {
    return (
      <span className={classes.dim}>
        {t(`admin.log.${event.actorKind === 'user' ? 'system' : event.actorKind}`)}
      </span>
    )
  }
  const name = event.actorName ?? id.data
  return (
    <button
      type="button"
      className={classes.filter}
      title={t('admin.log.onlyPerson', { name })}
      onClick={() => {
        onFilter({ actor: { id: id.data, name } })
      }}
    >
      {name}
    </button>
  )
}

/** The end of the id: administrators see that two entries concern one record, not whose it is. */
function PatientRecord({
  id,
  onFilter,
}: {
  id: NonNullable<AuditEvent['patientId']>
  onFilter: AuditTableProps['onFilter']
}) {
  const { t } = useTranslation('identity')
  return (
    <button
      type="button"
      className={`${classes.filter} ${classes.code}`}
      title={`${t('admin.log.onlyRecord')} (${id})`}
      onClick={() => {
        onFilter({ patientId: id })
      }}
    >
      …{id.slice(-8)}
    </button>
  )
}
