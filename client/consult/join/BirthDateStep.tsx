import { TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { now } from '../../platform/time.ts'
import { ErrorNotice, SavingButton, Step } from '../../ui/index.ts'
import { parseBirthDate, withHyphens } from '../birth-date.ts'

interface BirthDateStepProps {
  pending: boolean
  error: unknown
  onContinue: (birthDate: string) => void
}

/** The second check. Typed, not picked: nobody scrolls a calendar back to 1938. */
export function BirthDateStep({ pending, error, onContinue }: BirthDateStepProps) {
  const { t } = useTranslation('consult')
  const [text, setText] = useState('')
  const [invalid, setInvalid] = useState(false)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const birthDate = parseBirthDate(text, new Date(now()).toISOString().slice(0, 10))
    setInvalid(birthDate === null)
    if (birthDate !== null) onContinue(birthDate)
  }
  return (
    <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
      <Step
        step={1}
        of={4}
        title={t('join.birthDate.title')}
        hint={t('join.birthDate.hint')}
        actions={
          <SavingButton type="submit" size="lg" saving={pending}>
            {t('join.continue')}
          </SavingButton>
        }
      >
        <TextInput
          label={t('join.birthDate.label')}
          description={t('join.birthDate.format')}
          placeholder={t('join.birthDate.placeholder')}
          value={text}
          onChange={(event) => {
            setText(withHyphens(event.currentTarget.value, text))
            setInvalid(false)
          }}
          error={invalid ? t('join.birthDate.invalid') : undefined}
          inputMode="numeric"
          autoComplete="bday"
          size="lg"
          autoFocus
        />
        <ErrorNotice error={error} />
      </Step>
    </form>
  )
}
