import { IconScan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { announce, ErrorNotice, Notice, SavingButton, useLate } from '../../ui/index.ts'
import { MedicineCard } from './MedicineCard.tsx'
import classes from './proposals.module.css'
import type { Reading } from './useReading.ts'
import { VitalCard } from './VitalCard.tsx'

interface ReadPanelProps {
  snapshotId: SnapshotId
  origin: Snapshot['origin']
  reading: Reading
}

/** The doctor's way from a device's screen or a label into the record: have it read, compare, correct, add. */
export function ReadPanel({ snapshotId, origin, reading }: ReadPanelProps) {
  const { t } = useTranslation('proposals')
  const { answer, error, isReading, read } = reading
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <p className={classes.hint}>{t('intro')}</p>
      <SavingButton
        variant={answer ? 'default' : 'filled'}
        leftSection={<IconScan size={18} stroke={1.75} aria-hidden />}
        saving={isReading}
        onClick={() => {
          read((count) => {
            announce(t('found', { count }))
          })
        }}
        className={classes.read ?? ''}
      >
        {answer ? t('again') : t('read')}
      </SavingButton>
      {isReading && <Reading />}
      <ErrorNotice error={error} />
      {answer && !isReading && (
        <Answer key={answer.model.sha256} {...{ snapshotId, origin, reading, answer }} />
      )}
    </section>
  )
}

function Reading() {
  const { t } = useTranslation('proposals')
  const late = useLate()
  return late ? (
    <p className={classes.hint} role="status">
      {t('reading')}
    </p>
  ) : null
}

function Answer({
  snapshotId,
  origin,
  reading,
  answer: { lines, proposals, model },
}: ReadPanelProps & { answer: NonNullable<Reading['answer']> }) {
  const { t } = useTranslation('proposals')
  if (lines.length === 0)
    return (
      <Notice tone="info" title={t('noText.title')}>
        {t('noText.next')}
      </Notice>
    )
  return (
    <>
      {proposals.length === 0 ? (
        <Notice tone="info" title={t('noValue.title')}>
          {t('noValue.next')}
        </Notice>
      ) : (
        <ul className={classes.cards}>
          {proposals.map((proposal, at) => (
            <li key={at}>
              {proposal.kind === 'vital' ? (
                <VitalCard {...{ snapshotId, origin, reading, at, proposal }} />
              ) : (
                <MedicineCard {...{ snapshotId, reading, at, proposal }} />
              )}
            </li>
          ))}
        </ul>
      )}
      <details className={classes.lines}>
        <summary>{t('lines', { count: lines.length })}</summary>
        <ol>
          {lines.map(({ text }, at) => (
            <li key={at}>{text}</li>
          ))}
        </ol>
      </details>
      <p className={classes.by}>{t('by', { name: model.name, version: model.version })}</p>
    </>
  )
}
