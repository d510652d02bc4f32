import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { addPatient, Gender, searchPatients, type PatientDemographics } from '#shared/records.ts'
import type { Locale } from '#shared/identity.ts'
import { call } from '../platform/api.ts'
import { languages } from '../platform/i18n.ts'
import { deviceZone, now } from '../platform/time.ts'
import { announce, DateField, ErrorNotice, languageNames, Notice, SavingButton } from '../ui/index.ts'
import { namesFrom, problemsOf, type NewPatient, type Problem } from './new-patient.ts'
import classes from './panel.module.css'
import { dayOf } from './zone.ts'

interface NewPatientFormProps {
  /** What was typed into the search. */
  typed: string
  onAdded: (patient: PatientDemographics) => void
  onBack: () => void
}

const genders = ['female', 'male', 'other', 'unknown'] as const

/** Registers somebody new; somebody of the same name and date of birth is offered first. */
export function NewPatientForm({ typed, onAdded, onBack }: NewPatientFormProps) {
  const { t, i18n } = useTranslation('scheduling')
  const [person, setPerson] = useState<NewPatient>(() => ({
    ...namesFrom(typed),
    birthDate: '',
    gender: '',
    phone: '',
    email: '',
    locale: languages.find((language) => language === i18n.resolvedLanguage) ?? 'en',
  }))
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const change = (changes: Partial<NewPatient>) => {
    setPerson({ ...person, ...changes })
    setProblems([])
    if (twin.data) twin.reset()
  }

  const add = useMutation({
    mutationFn: (body: z.input<typeof addPatient.body>) => call(addPatient, { body }),
    onSuccess: (patient) => {
      announce(t('newPatient.added', { name: patient.displayName }))
      onAdded(patient)
    },
  })
  const twin = useMutation({
    mutationFn: async (body: z.input<typeof addPatient.body>) => {
      const { patients } = await call(searchPatients, { body: { query: `${body.given} ${body.family}` } })
      return patients.find(({ birthDate }) => birthDate === body.birthDate) ?? null
    },
    onSuccess: (known, body) => {
      if (known === null) add.mutate(body)
    },
  })

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const found = problemsOf(person, dayOf(now(), deviceZone()))
    setProblems(found)
    const [first] = found
    if (first) {
      event.currentTarget.querySelector<HTMLElement>(`[name=${first}]`)?.focus()
      return
    }
    twin.mutate(bodyOf(person))
  }

  const errorOf = (field: Problem, text: string) => (problems.includes(field) ? text : undefined)
  return (
    <form onSubmit={submit} noValidate className={classes.newPatient}>
      <h3 className={classes.formTitle}>{t('newPatient.title')}</h3>
      <div className={classes.pair}>
        <TextInput
          name="family"
          label={t('newPatient.family')}
          value={person.family}
          error={errorOf('family', t('newPatient.nameMissing'))}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => {
            change({ family: event.currentTarget.value })
          }}
        />
        <TextInput
          name="given"
          label={t('newPatient.given')}
          value={person.given}
          error={errorOf('given', t('newPatient.nameMissing'))}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => {
            change({ given: event.currentTarget.value })
          }}
        />
      </div>
      <div className={classes.pair}>
        <DateField
          name="birthDate"
          label={t('newPatient.birthDate')}
          value={person.birthDate}
          error={errorOf('birthDate', t('newPatient.birthDateMissing'))}
          onChange={(event) => {
            change({ birthDate: event.currentTarget.value })
          }}
        />
        <NativeSelect
          name="gender"
          label={t('newPatient.gender')}
          value={person.gender}
          error={errorOf('gender', t('newPatient.genderMissing'))}
          data={[
            { value: '', label: '' },
            ...genders.map((value) => ({ value, label: t(`newPatient.genders.${value}`) })),
          ]}
          onChange={(event) => {
            change({ gender: event.currentTarget.value })
          }}
        />
      </div>
      <TextInput
        name="phone"
        type="tel"
        label={t('newPatient.phone')}
        value={person.phone}
        maxLength={40}
        autoComplete="off"
        onChange={(event) => {
          change({ phone: event.currentTarget.value })
        }}
      />
      <TextInput
        name="email"
        type="email"
        label={t('newPatient.email')}
        value={person.email}
        error={errorOf('email', t('newPatient.emailWrong'))}
        maxLength={254}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => {
          change({ email: event.currentTarget.value })
        }}
      />
      <NativeSelect
        name="locale"
        label={t('newPatient.language')}
        value={person.locale}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
        onChange={(event) => {
          const { value } = event.currentTarget
          change({ locale: languages.find((language) => language === value) ?? 'en' })
        }}
      />
      <ErrorNotice error={add.error ?? twin.error} />
      {twin.data && (
        <Notice tone="caution" title={t('newPatient.known', { name: twin.data.displayName })}>
          <div className={classes.times}>
            <Button
              size="sm"
              onClick={() => {
                if (twin.data) onAdded(twin.data)
              }}
            >
              {t('newPatient.useKnown', { name: twin.data.displayName })}
            </Button>
            <SavingButton
              size="sm"
              variant="default"
              saving={add.isPending}
              onClick={() => {
                add.mutate(bodyOf(person))
              }}
            >
              {t('newPatient.addAnyway')}
            </SavingButton>
          </div>
        </Notice>
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={onBack}>
          {t('newPatient.back')}
        </Button>
        {!twin.data && (
          <SavingButton type="submit" saving={add.isPending || twin.isPending}>
            {t('newPatient.submit')}
          </SavingButton>
        )}
      </div>
    </form>
  )
}

function bodyOf(person: NewPatient): z.input<typeof addPatient.body> {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  const locale: Locale = person.locale
  return {
    family: person.family.trim(),
    given: person.given.trim(),
    birthDate: person.birthDate,
    gender: Gender.catch('unknown').parse(person.gender),
    phone: orNull(person.phone),
    email: orNull(person.email),
    locale,
  }
}
