import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { ReadUnit, scales, type VitalProposal } from '#shared/imaging-proposal.ts'
import { formatNumber, now } from '../../platform/time.ts'
import { unitWord } from '../../platform/units.ts'
import { ProposalCard } from './ProposalCard.tsx'
import classes from './proposals.module.css'
import { confirmedVital, convertedTo, doubtsAbout, draftOf, instantIn, numberIn } from './reading-drafts.ts'
import type { Reading } from './useReading.ts'

interface VitalCardProps {
  snapshotId: SnapshotId
  origin: Snapshot['origin']
  reading: Reading
  at: number
  proposal: VitalProposal
}

/** A measurement that was read, with its number and unit to be corrected. */
export function VitalCard({ proposal, origin, ...rest }: VitalCardProps) {
  const { t } = useTranslation('proposals')
  const { vital, numbers } = proposal
  const { reading, at: place } = rest
  const card = reading.cardOf(place)
  const draft = card.vital ?? draftOf(proposal)
  const setDraft = (changed: typeof draft) => {
    reading.change(place, { vital: changed })
  }
  const value = confirmedVital(vital, draft)
  const converted = convertedTo(value)
  // When a picture was brought along, only its upload has a time.
  const asksWhen = origin !== 'camera'
  const effectiveAt = instantIn(card.when, now())
  const dated = value && effectiveAt !== null ? { ...value, effectiveAt } : null
  const units = scales[vital].map(({ unit }) => unit)
  const unitRead = proposal.unit === null ? '' : ` ${unitWord(proposal.unit)}`
  const asRead = `${numbers.map(({ text }) => text).join('/')}${unitRead}`
  return (
    <ProposalCard
      {...rest}
      title={t(`vital.${vital}`)}
      asRead={asRead}
      doubts={doubtsAbout(proposal, draft)}
      confirmed={asksWhen ? dated : value}
    >
      <div className={classes.fields}>
        {draft.texts.map((text, at) => (
          <TextInput
            key={at}
            label={draft.texts.length > 1 ? t(at === 0 ? 'systolic' : 'diastolic') : t('value')}
            value={text}
            inputMode="decimal"
            autoComplete="off"
            error={numberIn(text) === null ? t('notANumber') : undefined}
            onChange={(event) => {
              setDraft({ ...draft, texts: draft.texts.with(at, event.currentTarget.value) })
            }}
          />
        ))}
        {units.length === 1 && draft.unit !== null ? (
          <span className={classes.unit}>{unitWord(draft.unit)}</span>
        ) : (
          <NativeSelect
            className={classes.units ?? ''}
            label={t('unit')}
            value={draft.unit ?? ''}
            data={[
              ...(draft.unit === null ? [{ value: '', label: t('chooseUnit') }] : []),
              ...units.map((unit) => ({ value: unit, label: unitWord(unit) })),
            ]}
            onChange={(event) => {
              const unit = ReadUnit.safeParse(event.currentTarget.value)
              setDraft({ ...draft, unit: unit.success ? unit.data : null })
            }}
          />
        )}
      </div>
      {asksWhen && (
        <TextInput
          type="datetime-local"
          label={t('when.label')}
          description={t('when.hint')}
          required
          value={card.when}
          error={card.when !== '' && effectiveAt === null ? t('when.later') : undefined}
          onChange={(event) => {
            reading.change(place, { when: event.currentTarget.value })
          }}
        />
      )}
      {converted && (
        <p className={classes.hint}>
          {t('converted', {
            value: `${converted.values.map((value) => formatNumber(value)).join('/')} ${unitWord(converted.unit)}`,
          })}
        </p>
      )}
    </ProposalCard>
  )
}
