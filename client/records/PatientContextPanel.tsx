import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PatientId } from '#shared/ids.ts'
import { readPatientContext, type PatientContext } from '#shared/records.ts'
import { AtlasButton } from '../imaging/sites/AtlasButton.tsx'
import { SnapshotThumbnail } from '../imaging/SnapshotThumbnail.tsx'
import { read } from '../platform/query.ts'
import { formatCalendarDate, useNow } from '../platform/time.ts'
import { DateText, Loaded, StatusWord, TimeText } from '../ui/index.ts'
import { Block } from './Block.tsx'
import classes from './PatientContextPanel.module.css'
import { VitalRow } from './VitalRow.tsx'

/** The patient beside the video: who they are and what the doctor must not overlook, on one page. */
export function PatientContextPanel({ patientId }: { patientId: PatientId }) {
  const query = useQuery(read(readPatientContext, { params: { patientId } }))
  return (
    <div className={classes.panel}>
      <Loaded query={query}>{(context) => <Chart context={context} />}</Loaded>
    </div>
  )
}

function Chart({ context }: { context: PatientContext }) {
  const { t } = useTranslation('records')
  const { patient, allergies, conditions, medications, vitals, visits, snapshots } = context
  const current = medications.filter((medication) => medication.status === 'active')
  const problems = conditions.filter((condition) => condition.clinicalStatus === 'active')
  return (
    <>
      <header className={classes.who}>
        <h2 className={classes.name}>{patient.displayName}</h2>
        <p className={classes.facts}>
          {t(`gender.${patient.gender}`)} · <Age birthDate={patient.birthDate} /> ·{' '}
          <DateText day={patient.birthDate} /> · <span className="figures">{patient.identifier}</span>
        </p>
      </header>
      <Block title={t('context.allergies')} urgent={allergies.length > 0}>
        {allergies.length === 0 ? (
          <p className={classes.none}>{t('context.noAllergies')}</p>
        ) : (
          <ul className={classes.list}>
            {severeFirst(allergies).map((allergy) => (
              <li key={allergy.id} className={classes.item}>
                <span className={classes.allergy}>{allergy.code.display}</span>
                {allergy.criticality === 'high' && (
                  <StatusWord tone="danger">{t('context.severe')}</StatusWord>
                )}
                {allergy.reaction && <span className={classes.detail}>{allergy.reaction}</span>}
              </li>
            ))}
          </ul>
        )}
      </Block>
      <Block title={t('context.problems')}>
        {problems.length === 0 ? (
          <p className={classes.none}>{t('context.noProblems')}</p>
        ) : (
          <ul className={classes.list}>
            {problems.map((condition) => (
              <li key={condition.id} className={classes.item}>
                {condition.code.display}
                {condition.onsetDate && (
                  <span className={classes.detail}>
                    {t('context.since', { date: formatCalendarDate(condition.onsetDate) })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </Block>
      <Block title={t('context.medication')}>
        {current.length === 0 ? (
          <p className={classes.none}>{t('context.noMedication')}</p>
        ) : (
          <ul className={classes.list}>
            {current.map((medication) => (
              <li key={medication.id} className={classes.item}>
                {medication.code.display}
                <span className={classes.detail}>{medication.dosage}</span>
              </li>
            ))}
          </ul>
        )}
      </Block>
      <Block title={t('context.vitals')}>
        {vitals.length === 0 ? (
          <p className={classes.none}>{t('context.noVitals')}</p>
        ) : (
          <ul className={classes.list}>
            {vitals.map((trend) => (
              <VitalRow key={trend.code.code} trend={trend} />
            ))}
          </ul>
        )}
      </Block>
      <Block title={t('context.visits')}>
        {visits.length === 0 ? (
          <p className={classes.none}>{t('context.noVisits')}</p>
        ) : (
          <ul className={classes.list}>
            {visits.map((visit) => (
              <li key={visit.encounterId} className={classes.visit}>
                <span className={classes.visitHead}>
                  <TimeText at={visit.startedAt} as="date" /> · {visit.practitionerName}
                  {!visit.signed && <StatusWord tone="caution">{t('context.unsigned')}</StatusWord>}
                </span>
                <span>{visit.reason}</span>
                {visit.assessment && <span className={classes.detail}>{visit.assessment}</span>}
              </li>
            ))}
          </ul>
        )}
      </Block>
      {snapshots.length > 0 && (
        <Block title={t('context.pictures')}>
          <AtlasButton patientId={patient.id} />
          <ul className={classes.pictures}>
            {snapshots.map((snapshot) => (
              <li key={snapshot.id}>
                <SnapshotThumbnail
                  snapshotId={snapshot.id}
                  takenAt={snapshot.takenAt}
                  state={snapshot.state}
                  sensitive={snapshot.sensitive}
                  awaitsContent={snapshot.awaitsContent}
                />
              </li>
            ))}
          </ul>
        </Block>
      )}
    </>
  )
}

function Age({ birthDate }: { birthDate: string }) {
  const { t } = useTranslation('records')
  const today = new Date(useNow(3_600_000))
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number)
  const hadBirthday =
    today.getMonth() + 1 > month || (today.getMonth() + 1 === month && today.getDate() >= day)
  return <>{t('context.age', { count: today.getFullYear() - year - (hadBirthday ? 0 : 1) })}</>
}

function severeFirst(allergies: PatientContext['allergies']): PatientContext['allergies'] {
  const rank = { high: 0, 'unable-to-assess': 1, low: 2 } as const
  return allergies.toSorted((a, b) => rank[a.criticality] - rank[b.criticality])
}
