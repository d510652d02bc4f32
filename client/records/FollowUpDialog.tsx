import { Button, Chip, Group, Select, Textarea } from '@mantine/core'
import { IconCalendarOff, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EncounterId, PractitionerId } from '#shared/ids.ts'
import { bookFollowUp, readVisitSummary } from '#shared/records.ts'
import { findSlots } from '#shared/scheduling.ts'
import { dayMs } from '#shared/time.ts'
import { call } from '../platform/api.ts'
import { newKey } from '../platform/key.ts'
import { keyOf, read } from '../platform/query.ts'
import { formatDay, formatDayTime, formatTime, isSameDay, now } from '../platform/time.ts'
import { Dialog, EmptyState, ErrorNotice, Loaded, notify, SavingButton } from '../ui/index.ts'
import classes from './FollowUpDialog.module.css'

interface FollowUpDialogProps {
  opened: boolean
  encounterId: EncounterId
  practitionerId: PractitionerId
  onClose: () => void
}

const lengths = ['10', '15', '20', '30', '45', '60']
const distances = [7, 14, 28, 84, 182] as const
const spanDays = 7

/** Books the next visit with the same doctor, from the times that are free. */
export function FollowUpDialog(props: FollowUpDialogProps) {
  const { t } = useTranslation('records')
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('followUp.title')} size="lg">
      <FollowUpForm {...props} />
    </Dialog>
  )
}

function FollowUpForm({ encounterId, practitionerId, onClose }: FollowUpDialogProps) {
  const { t } = useTranslation('records')
  const queries = useQueryClient()
  const [minutes, setMinutes] = useState('15')
  const [from, setFrom] = useState(() => startIn(14))
  const [slot, setSlot] = useState<number | null>(null)
  const [reason, setReason] = useState(() => t('followUp.reasonDefault'))
  const [key] = useState(newKey)
  const slots = useQuery(
    read(findSlots, {
      query: { practitionerId, from, to: from + spanDays * dayMs, minutes: Number(minutes) },
    }),
  )
  const book = useMutation({
    mutationFn: (startsAt: number) =>
      call(bookFollowUp, {
        params: { encounterId },
        body: { startsAt, minutes: Number(minutes), reason: reason.trim(), idempotencyKey: key },
      }),
    onSuccess: async (appointment) => {
      notify.done(t('followUp.booked', { time: formatDayTime(appointment.startsAt) }))
      onClose()
      await queries.invalidateQueries({ queryKey: keyOf(readVisitSummary) })
    },
    onError: () => {
      setSlot(null)
      void slots.refetch()
    },
  })
  const move = (days: number) => {
    setFrom(Math.max(startIn(0), from + days * dayMs))
    setSlot(null)
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (slot !== null && reason.trim() !== '') book.mutate(slot)
      }}
    >
      <Chip.Group
        value={String(distances.find((days) => startIn(days) === from) ?? '')}
        onChange={(days) => {
          setFrom(startIn(Number(days)))
          setSlot(null)
        }}
      >
        <div role="radiogroup" aria-label={t('followUp.when')} className={classes.chips}>
          {distances.map((days) => (
            <Chip key={days} value={String(days)} size="sm" variant="light">
              {t(`followUp.in.${days}`)}
            </Chip>
          ))}
        </div>
      </Chip.Group>
      <div className={classes.week}>
        <SavingButton
          variant="subtle"
          size="sm"
          color="gray"
          aria-label={t('followUp.earlier')}
          saving={false}
          rests={from <= startIn(0)}
          onClick={() => {
            move(-spanDays)
          }}
        >
          <IconChevronLeft size={18} stroke={1.75} aria-hidden />
        </SavingButton>
        <span className="figures">
          {t('followUp.week', { from: formatDay(from), to: formatDay(from + (spanDays - 1) * dayMs) })}
        </span>
        <Button
          variant="subtle"
          size="sm"
          color="gray"
          aria-label={t('followUp.later')}
          onClick={() => {
            move(spanDays)
          }}
        >
          <IconChevronRight size={18} stroke={1.75} aria-hidden />
        </Button>
        <Select
          className={classes.length ?? ''}
          label={t('followUp.length')}
          size="sm"
          data={lengths.map((value) => ({ value, label: t('followUp.minutes', { count: Number(value) }) }))}
          value={minutes}
          onChange={(value) => {
            if (value !== null) setMinutes(value)
            setSlot(null)
          }}
        />
      </div>
      <div className={classes.slots}>
        <Loaded query={slots}>
          {({ slots: free }) =>
            free.length === 0 ? (
              <EmptyState icon={IconCalendarOff} title={t('followUp.none')}>
                <p>{t('followUp.noneNext')}</p>
              </EmptyState>
            ) : (
              <Chip.Group
                value={slot === null ? '' : String(slot)}
                onChange={(value) => {
                  setSlot(Number(value))
                }}
              >
                <div role="radiogroup" aria-label={t('followUp.start')}>
                  {byDay(free).map(([day, starts]) => (
                    <div key={day} className={classes.day}>
                      <h3 className={classes.dayName}>{formatDay(day)}</h3>
                      <div className={classes.chips}>
                        {starts.map((start) => (
                          <Chip
                            key={start}
                            value={String(start)}
                            size="sm"
                            variant="light"
                            aria-label={formatDayTime(start)}
                          >
                            {formatTime(start)}
                          </Chip>
                        ))}
                      </div>
                    </div>
                  ))}
                </div>
              </Chip.Group>
            )
          }
        </Loaded>
      </div>
      <Textarea
        label={t('followUp.reason')}
        value={reason}
        onChange={(event) => {
          setReason(event.currentTarget.value)
        }}
        minRows={1}
        maxLength={500}
        required
      />
      <ErrorNotice error={book.error} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('followUp.notNow')}
        </Button>
        <SavingButton type="submit" saving={book.isPending} rests={slot === null || reason.trim() === ''}>
          {t('followUp.book')}
        </SavingButton>
      </Group>
    </form>
  )
}

/** Midnight here, so many days from now; today it is this minute. */
function startIn(days: number): number {
  const at = new Date(now())
  if (days === 0) return at.setSeconds(0, 0)
  at.setHours(0, 0, 0, 0)
  return at.setDate(at.getDate() + days)
}

function byDay(slots: readonly number[]): [day: number, starts: number[]][] {
  const days: [number, number[]][] = []
  for (const slot of slots) {
    const last = days.at(-1)
    if (last && isSameDay(last[0], slot)) last[1].push(slot)
    else days.push([slot, [slot]])
  }
  return days
}
