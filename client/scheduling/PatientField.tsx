import { Button, Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { searchPatients, type PatientDemographics } from '#shared/records.ts'
import { read } from '../platform/query.ts'
import { formatCalendarDate } from '../platform/time.ts'
import { ErrorNotice } from '../ui/index.ts'
import classes from './panel.module.css'

interface PatientFieldProps {
  value: PatientDemographics | null
  error: string | undefined
  onChange: (patient: PatientDemographics | null) => void
  /** Opens the form for somebody new, with what was typed. */
  onAdd: (typed: string) => void
}

const typingMs = 200

/** Finds a patient by name, record number or phone while typing. */
export function PatientField({ value, error, onChange, onAdd }: PatientFieldProps) {
  const { t } = useTranslation('scheduling')
  const [typed, setTyped] = useState('')
  const query = typed.trim()
  const [wanted] = useDebouncedValue(query, typingMs)
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption()
    },
  })
  const search = useQuery({
    ...read(searchPatients, { body: { query: wanted } }),
    enabled: wanted !== '' && value === null,
    placeholderData: keepPreviousData,
    // Somebody may have been added a moment ago.
    staleTime: 0,
  })
  const settled = wanted === query && !search.isFetching
  const found = query === '' ? [] : (search.data?.patients ?? [])

  return (
    <div className={classes.patient}>
      <Combobox
        store={box}
        withinPortal
        onOptionSubmit={(id) => {
          const patient = found.find((one) => one.id === id)
          if (!patient) return
          onChange(patient)
          setTyped('')
          box.closeDropdown()
        }}
      >
        <Combobox.Target withExpandedAttribute>
          <TextInput
            name="patient"
            label={t('patient.label')}
            placeholder={t('patient.search')}
            autoComplete="off"
            spellCheck={false}
            leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />}
            role="combobox"
            aria-autocomplete="list"
            value={value?.displayName ?? typed}
            error={error}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              if (value) onChange(null)
              box.openDropdown()
              box.resetSelectedOption()
            }}
            onFocus={() => {
              if (query !== '') box.openDropdown()
            }}
            onBlur={() => {
              box.closeDropdown()
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={query === '' || value !== null}>
          <Combobox.Options aria-label={t('patient.found')} mah={320} className={classes.found ?? ''}>
            {found.map((patient) => (
              <Combobox.Option key={patient.id} value={patient.id}>
                <span className={classes.foundName}>{patient.displayName}</span>
                <span className={classes.foundFacts}>
                  <PatientFacts patient={patient} />
                </span>
              </Combobox.Option>
            ))}
            {found.length === 0 && settled && !search.isError && (
              <Combobox.Empty>{t('patient.none', { query })}</Combobox.Empty>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {/* In the row of the label, where the list of those found does not cover it. */}
      <Button
        variant="subtle"
        size="xs"
        className={classes.add ?? ''}
        leftSection={<IconUserPlus size={16} stroke={1.75} aria-hidden />}
        onClick={() => {
          onAdd(query)
        }}
      >
        {t('patient.add')}
      </Button>
      {value && (
        <p className={classes.aside}>
          <PatientFacts patient={value} />
        </p>
      )}
      <ErrorNotice error={search.error} />
    </div>
  )
}

/** What tells two people of one name apart. */
export function PatientFacts({ patient }: { patient: PatientDemographics }) {
  const { t } = useTranslation('scheduling')
  return (
    <>
      {[
        t('patient.born', { date: formatCalendarDate(patient.birthDate) }),
        patient.identifier,
        ...(patient.phone === null ? [] : [patient.phone]),
      ].join(' · ')}
    </>
  )
}
