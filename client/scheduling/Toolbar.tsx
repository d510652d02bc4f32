import { ActionIcon, Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { IconCalendarPlus, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Practitioner } from '#shared/identity.ts'
import { KeyHint } from '../ui/index.ts'
import classes from './toolbar.module.css'
import type { Calendar } from './useCalendar.ts'
import { isDay } from './zone.ts'

interface ToolbarProps {
  calendar: Calendar
  practitioners: readonly Practitioner[]
  /** The practitioner whose days are shown, where only one can be. */
  shown: string | null
  phone: boolean
  onBook: () => void
}

/** Where the calendar stands, and the way to a new booking. */
export function Toolbar({ calendar, practitioners, shown, phone, onBook }: ToolbarProps) {
  const { t } = useTranslation('scheduling')
  const day = calendar.view === 'day'
  const one = phone || !day
  return (
    <div className={classes.toolbar}>
      <div className={classes.steps}>
        <ActionIcon
          variant="default"
          aria-label={day ? t('toolbar.previousDay') : t('toolbar.previousWeek')}
          onClick={() => {
            calendar.step(-1)
          }}
        >
          <IconChevronLeft size={20} stroke={1.75} aria-hidden />
        </ActionIcon>
        <Button
          variant="default"
          className={classes.today ?? ''}
          onClick={() => {
            calendar.go({ day: calendar.today })
          }}
        >
          {t('toolbar.today')}
        </Button>
        <ActionIcon
          variant="default"
          aria-label={day ? t('toolbar.nextDay') : t('toolbar.nextWeek')}
          onClick={() => {
            calendar.step(1)
          }}
        >
          <IconChevronRight size={20} stroke={1.75} aria-hidden />
        </ActionIcon>
      </div>
      <TextInput
        type="date"
        aria-label={t('toolbar.pickDay')}
        className={classes.date ?? ''}
        value={calendar.day}
        onChange={(event) => {
          if (isDay(event.currentTarget.value)) calendar.go({ day: event.currentTarget.value })
        }}
      />
      {practitioners.length > 1 && (
        <NativeSelect
          aria-label={t('toolbar.shown')}
          className={classes.shown ?? ''}
          value={shown ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget
            calendar.go({ shown: value === '' ? null : value })
          }}
        >
          {!one && <option value="">{t('toolbar.all')}</option>}
          {practitioners.map(({ id, displayName }) => (
            <option key={id} value={id}>
              {displayName}
            </option>
          ))}
        </NativeSelect>
      )}
      {!phone && (
        <SegmentedControl
          aria-label={t('toolbar.view')}
          size="md"
          className={classes.view ?? ''}
          value={calendar.view}
          data={[
            { value: 'day', label: t('toolbar.day') },
            { value: 'week', label: t('toolbar.week') },
          ]}
          onChange={(value) => {
            calendar.go({ view: value === 'week' ? 'week' : 'day' })
          }}
        />
      )}
      {!phone && <BookButton onBook={onBook} />}
    </div>
  )
}

/** The way to a new booking; on a phone it stands under the thumb. */
export function BookButton({ phone = false, onBook }: { phone?: boolean; onBook: () => void }) {
  const { t } = useTranslation('scheduling')
  return (
    <Button
      size={phone ? 'lg' : 'md'}
      fullWidth={phone}
      leftSection={<IconCalendarPlus size={20} stroke={1.75} aria-hidden />}
      rightSection={!phone && <KeyHint keys="b" />}
      onClick={onBook}
    >
      {t('book')}
    </Button>
  )
}
