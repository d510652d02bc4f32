import { NativeSelect, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Practitioner } from '#shared/identity.ts'
import type { PatientId, PractitionerId } from '#shared/ids.ts'
import { bookAppointment, type Appointment } from '#shared/scheduling.ts'
import { minuteMs, type Instant } from '#shared/time.ts'
import { call } from '../platform/api.ts'
import { newKey } from '../platform/key.ts'
import { formatLength } from '../platform/time.ts'
import { announce, ErrorNotice, SavingButton } from '../ui/index.ts'
import { lengths, missingIn, type Draft, type Missing } from './draft.ts'
import { NewPatientForm } from './NewPatientForm.tsx'
import { PatientField } from './PatientField.tsx'
import { isAboutTime, Refusal } from './Refusal.tsx'
import { StartField } from './StartField.tsx'
import classes from './panel.module.css'
import { useRenewCalendar } from './useSchedule.ts'
import { dayOf, startOfDay } from './zone.ts'

interface BookingPanelProps {
  draft: Draft
  practitioners: readonly Practitioner[]
  zone: string
  /** Starts that the calendar beside it knows to be free. */
  alsoFree: readonly Instant[]
  onDraft: (draft: Draft) => void
  onBooked: (appointment: Appointment) => void
}

interface Wanted {
  patientId: PatientId
  practitionerId: PractitionerId
  startsAt: Instant
  minutes: number
  reason: string
}

/** Books one visit without leaving the day: who, with whom, when, how long, why. */
export function BookingPanel(props: BookingPanelProps) {
  const { draft, practitioners, zone, alsoFree, onDraft, onBooked } = props
  const { t } = useTranslation('scheduling')
  const renew = useRenewCalendar()
  const [typed, setTyped] = useState<string | null>(null)
  const [missing, setMissing] = useState<readonly Missing[]>([])
  const form = useRef<HTMLDivElement>(null)
  const intention = useRef({ wanted: '', key: '' })

  const book = useMutation({
    mutationFn: (wanted: Wanted) => {
      // The same wish sent twice is one visit; another wish is another one.
      const words = JSON.stringify(wanted)
      if (intention.current.wanted !== words) intention.current = { wanted: words, key: newKey() }
      return call(bookAppointment, { body: { ...wanted, idempotencyKey: intention.current.key } })
    },
    onSuccess: onBooked,
    onSettled: renew,
  })

  const change = (changes: Partial<Draft>) => {
    onDraft({ ...draft, ...changes })
    setMissing(missing.filter((field) => !(field in changes)))
    if (book.isError) book.reset()
  }
  const choose = (startsAt: Instant | null) => {
    change(startsAt === null ? { startsAt } : { startsAt, day: dayOf(startsAt, zone) })
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const { patient, practitionerId, startsAt, minutes, reason } = draft
    const lacking = missingIn(draft)
    setMissing(lacking)
    const [first] = lacking
    if (patient === null || practitionerId === null || startsAt === null || first) {
      const field = first ?? 'startsAt'
      form.current?.querySelector<HTMLElement>(`[name=${field}]`)?.focus()
      announce(t(missingTexts[field]), true)
      return
    }
    book.mutate({ patientId: patient.id, practitionerId, startsAt, minutes, reason: reason.trim() })
  }

  const errorOf = (field: Missing) => (missing.includes(field) ? t(missingTexts[field]) : undefined)
  return (
    <div ref={form} className={classes.form}>
      {typed === null ? (
        <PatientField
          value={draft.patient}
          error={errorOf('patient')}
          onChange={(patient) => {
            change({ patient })
          }}
          onAdd={setTyped}
        />
      ) : (
        <NewPatientForm
          typed={typed}
          onBack={() => {
            setTyped(null)
          }}
          onAdded={(patient) => {
            setTyped(null)
            change({ patient })
          }}
        />
      )}
      <form className={classes.form} onSubmit={submit} noValidate>
        <NativeSelect
          name="practitionerId"
          label={t('booking.doctor')}
          value={draft.practitionerId ?? ''}
          error={errorOf('practitionerId')}
          onChange={(event) => {
            const chosen = practitioners.find(({ id }) => id === event.currentTarget.value)
            change({ practitionerId: chosen?.id ?? null })
          }}
        >
          {practitioners.length !== 1 && <option value="">{t('booking.chooseDoctor')}</option>}
          {practitioners.map(({ id, displayName, specialty }) => (
            <option key={id} value={id}>
              {[displayName, specialty].filter((text) => text !== '').join(' · ')}
            </option>
          ))}
        </NativeSelect>
        <StartField
          practitionerId={draft.practitionerId}
          zone={zone}
          day={draft.day}
          startsAt={draft.startsAt}
          minutes={draft.minutes}
          alsoFree={alsoFree}
          error={errorOf('startsAt')}
          onDay={(day) => {
            change({ day, startsAt: null })
          }}
          onStart={choose}
        />
        <Refusal error={book.error} day={startOfDay(draft.day, zone)} zone={zone} onChoose={choose} />
        <LengthField
          minutes={draft.minutes}
          onChange={(minutes) => {
            change({ minutes })
          }}
        />
        <Textarea
          name="reason"
          label={t('booking.reason')}
          description={t('booking.reasonHint')}
          value={draft.reason}
          error={errorOf('reason')}
          minRows={2}
          maxRows={6}
          maxLength={500}
          onChange={(event) => {
            change({ reason: event.currentTarget.value })
          }}
        />
        {!isAboutTime(book.error) && <ErrorNotice error={book.error} />}
        <SavingButton type="submit" size="lg" saving={book.isPending} disabled={typed !== null}>
          {t('booking.submit')}
        </SavingButton>
      </form>
    </div>
  )
}

const missingTexts = {
  patient: 'patient.missing',
  practitionerId: 'booking.doctorMissing',
  startsAt: 'booking.startMissing',
  reason: 'booking.reasonMissing',
} as const satisfies Record<Missing, string>

export function LengthField({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const { t } = useTranslation('scheduling')
  const offered = [...new Set([...lengths, minutes])].sort((a, b) => a - b)
  return (
    <NativeSelect
      label={t('booking.length')}
      value={String(minutes)}
      data={offered.map((value) => ({ value: String(value), label: formatLength(value * minuteMs) }))}
      onChange={(event) => {
        onChange(Number(event.currentTarget.value))
      }}
    />
  )
}
