import { Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SnapshotId } from '#shared/ids.ts'
import { ConfirmedReading, type MedicationProposal } from '#shared/imaging-proposal.ts'
import { ProposalCard } from './ProposalCard.tsx'
import classes from './proposals.module.css'
import type { Reading } from './useReading.ts'

interface MedicineCardProps {
  snapshotId: SnapshotId
  reading: Reading
  at: number
  proposal: MedicationProposal
}

const lengths = { name: 120, strength: 40, form: 36, dosage: 200 } as const

/** A medicine that was read off its label, with all its words to be corrected. */
export function MedicineCard({ proposal, ...rest }: MedicineCardProps) {
  const { t } = useTranslation('proposals')
  const { name, strength, form, dosage } = proposal
  const words = rest.reading.cardOf(rest.at).medicine ?? {
    name: name.text,
    strength: strength?.text ?? '',
    form: form?.text ?? '',
    dosage: dosage?.text ?? '',
  }
  const confirmed = ConfirmedReading.safeParse({ kind: 'medication', ...words })
  const asRead = [name, strength, form].map((part) => part?.text).filter((text) => text !== undefined)
  const field = (part: keyof typeof words) => ({
    label: t(`medicine.${part}`),
    value: words[part],
    maxLength: lengths[part],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => {
      rest.reading.change(rest.at, { medicine: { ...words, [part]: event.currentTarget.value } })
    },
  })
  const doubts = proposal.doubts.filter((doubt) => doubt !== 'incomplete' || words.strength.trim() === '')
  return (
    <ProposalCard
      {...rest}
      title={t('medicine.title')}
      asRead={asRead.join(' ')}
      doubts={doubts}
      confirmed={confirmed.data ?? null}
    >
      <div className={classes.words}>
        <TextInput
          {...field('name')}
          error={words.name.trim() === '' ? t('medicine.nameMissing') : undefined}
        />
        <div className={classes.fields}>
          <TextInput {...field('strength')} />
          <TextInput {...field('form')} />
        </div>
        <Textarea {...field('dosage')} autosize minRows={1} />
      </div>
    </ProposalCard>
  )
}
