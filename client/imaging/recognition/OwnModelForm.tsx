import { NativeSelect } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconScan } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import { runOwnModel, type OwnModelResult } from '#shared/imaging-models.ts'
import { ApiError, call } from '../../platform/api.ts'
import { inSentences } from '../../platform/lists.ts'
import { formatNumber } from '../../platform/time.ts'
import { announce, ErrorNotice, Notice, SavingButton, StatusWord } from '../../ui/index.ts'
import { cardAddress, shortHash } from './model-words.ts'
import classes from './OwnModel.module.css'

interface OwnModelFormProps {
  snapshotId: SnapshotId
  /** Those that can be run. */
  names: readonly string[]
}

/** Choose a model, have it look, read what it says: always with its name, and that it is no diagnosis. */
export function OwnModelForm({ snapshotId, names }: OwnModelFormProps) {
  const { t } = useTranslation('models')
  const title = useId()
  const [chosen, setChosen] = useState<string | null>(null)
  const name = chosen ?? names[0]
  const run = useMutation({
    mutationFn: (wanted: string) => call(runOwnModel, { params: { snapshotId, name: wanted } }),
    onSuccess: ({ model, labels }) => {
      announce(t('own.spoken', { name: model.name, label: labels[0]?.label ?? '' }))
    },
  })
  return (
    <section className={classes.section} aria-labelledby={title}>
      <h3 id={title} className={classes.title}>
        {t('own.title')}
      </h3>
      {name === undefined ? (
        <p className={classes.quiet}>{t('own.none')}</p>
      ) : (
        <>
          {names.length > 1 && (
            <NativeSelect
              label={t('own.choose')}
              value={name}
              data={names}
              onChange={({ currentTarget }) => {
                setChosen(currentTarget.value)
                run.reset()
              }}
            />
          )}
          <SavingButton
            variant="default"
            leftSection={<IconScan size={18} stroke={1.75} aria-hidden />}
            saving={run.isPending}
            onClick={() => {
              run.mutate(name)
            }}
          >
            {t('own.run')}
          </SavingButton>
          {names.length === 1 && <p className={classes.quiet}>{name}</p>}
        </>
      )}
      <Refusal error={run.error} />
      {run.data && <Result result={run.data} />}
    </section>
  )
}

const mostLabels = 6

function Result({ result }: { result: OwnModelResult }) {
  const { t } = useTranslation('models')
  const { model, labels, activation } = result
  const more = labels.length - mostLabels
  return (
    <div className={classes.result}>
      <StatusWord tone="caution" filled>
        {t('own.notForDiagnosis')}
      </StatusWord>
      <table className={classes.labels}>
        <caption>{t('own.result', { name: model.name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('own.label')}</th>
            <th scope="col">{t('own.score')}</th>
          </tr>
        </thead>
        <tbody>
          {labels.slice(0, mostLabels).map(({ label, score }, at) => (
            <tr key={at}>
              <th scope="row">{label}</th>
              <td>{formatNumber(score, { maximumFractionDigits: 3, minimumFractionDigits: 3 })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className={classes.quiet}>{t('own.more', { count: more })}</p>}
      <p className={classes.quiet}>{inSentences(t(`own.scores.${activation}`), t('own.noProbability'))}</p>
      <p className={classes.quiet}>{t('own.notForDiagnosisText')}</p>
      <p className={classes.quiet}>
        {t('own.by', { name: model.name, version: model.version, hash: `${shortHash(model.sha256)}…` })}{' '}
        <a href={cardAddress(model.name)} target="_blank" rel="noreferrer">
          {t('own.card')}
        </a>
      </p>
    </div>
  )
}

/** What went wrong with the model in its own words; anything else as everywhere. */
function Refusal({ error }: { error: Error | null }) {
  const { t } = useTranslation('models')
  const reason = error instanceof ApiError ? error.params?.['reason'] : undefined
  const known = reasons.find((one) => one === reason)
  if (!known) return <ErrorNotice error={error} />
  return <Notice tone="caution">{t(`own.failed.${known}`)}</Notice>
}

const reasons = [
  'model_unavailable',
  'model_timed_out',
  'model_out_of_memory',
  'model_crashed',
  'model_failed',
  'switched_off',
] as const
