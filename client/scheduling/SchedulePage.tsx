import { useMediaQuery } from '@mantine/hooks'
import { IconStethoscope } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#shared/identity.ts'
import type { Appointment } from '#shared/scheduling.ts'
import type { Instant } from '#shared/time.ts'
import { useSession } from '../identity/useSession.ts'
import { deviceZone, formatDay, formatDayTime, formatTime, now } from '../platform/time.ts'
import { announce, EmptyState, Loaded, Notice, PageShell } from '../ui/index.ts'
import { Agenda } from './Agenda.tsx'
import { BookingPanel } from './BookingPanel.tsx'
import { CalendarGrid } from './CalendarGrid.tsx'
import { CalendarSkeleton } from './CalendarSkeleton.tsx'
import type { Column } from './columns.ts'
import { usualMinutes, type Draft } from './draft.ts'
import { aroundItself, freeDraft, newest } from './openings.ts'
import classes from './schedule.module.css'
import { ScheduleKeys } from './ScheduleKeys.tsx'
import { SidePanel } from './SidePanel.tsx'
import { BookButton, Toolbar } from './Toolbar.tsx'
import { useCalendar, type Calendar } from './useCalendar.ts'
import { useColumns } from './useColumns.ts'
import { useSchedule } from './useSchedule.ts'
import { VisitPanel } from './VisitPanel.tsx'
import { dayOf, instantAt, offsetAt } from './zone.ts'

/** What the panel on the right is about. */
type Open =
  | { about: 'booking'; draft: Draft }
  | { about: 'visit'; visit: Appointment; news: News; moveTo: Instant | null }
type News = 'booked' | 'moved' | null

const phoneWidth = '(max-width: 47.99em)'
/** Narrower than this, the panel lies over the calendar. */
const narrowWidth = '(max-width: 68.75em)'

/** The clinic's calendar, and booking beside it. */
export function SchedulePage() {
  const session = useSession()
  return session.state === 'in' ? <ClinicSchedule me={session.me} /> : null
}

function ClinicSchedule({ me }: { me: Me }) {
  const { t } = useTranslation('scheduling')
  const phone = useMediaQuery(phoneWidth, undefined, { getInitialValueInEffect: false })
  const narrow = useMediaQuery(narrowWidth, undefined, { getInitialValueInEffect: false })
  const { zone } = me.organization
  const place = useCalendar(zone, me.role === 'practitioner' ? 'week' : 'day')
  const calendar: Calendar = phone ? { ...place, view: 'day', days: [place.day] } : place
  const schedule = useSchedule(calendar.days, zone)
  const [open, setOpen] = useState<Open | null>(null)
  const practitioners = schedule.data?.practitioners ?? []
  const oneOnly = phone || calendar.view === 'week' || practitioners.length === 1
  const [firstPractitioner] = practitioners
  const shown =
    practitioners.find(({ id }) => id === calendar.shown)?.id ??
    (oneOnly ? (firstPractitioner?.id ?? null) : null)
  const columns = useColumns(schedule.data, calendar, shown)

  const close = () => {
    setOpen(null)
  }
  const book = (wanted: Partial<Draft>) => {
    setOpen((before) => ({
      about: 'booking',
      draft: {
        patient: null,
        practitionerId: shown,
        day: calendar.day < calendar.today ? calendar.today : calendar.day,
        startsAt: null,
        minutes: usualMinutes,
        reason: '',
        ...(before?.about === 'booking' ? before.draft : {}),
        ...wanted,
      },
    }))
  }
  const bookAnew = () => {
    book({})
  }
  const bookAt = (column: Column, startsAt: Instant) => {
    book({ practitionerId: column.practitioner.id, day: column.day, startsAt })
  }
  const show = (visit: Appointment, news: News = null, moveTo: Instant | null = null) => {
    setOpen({ about: 'visit', visit, news, moveTo })
    if (news === null) return
    const time = formatDayTime(visit.startsAt, { zone })
    announce(news === 'booked' ? t('booking.booked', { time }) : t('visit.changed', { time }))
    const day = dayOf(visit.startsAt, zone)
    calendar.go({
      ...(calendar.days.includes(day) ? {} : { day }),
      ...(shown === null || shown === visit.practitioner.id ? {} : { shown: visit.practitioner.id }),
    })
  }

  return (
    <PageShell
      title={t('title')}
      width="fill"
      subtitle={<Where calendar={calendar} zone={zone} />}
      actions={
        <Toolbar
          calendar={calendar}
          practitioners={practitioners}
          shown={shown}
          phone={phone}
          onBook={bookAnew}
        />
      }
    >
      <ScheduleKeys calendar={calendar} onBook={bookAnew} />
      <div
        className={classes.frame}
        onKeyDown={(event) => {
          if (open && meansClose(event)) close()
        }}
      >
        <div className={classes.main} aria-busy={schedule.isPlaceholderData || undefined}>
          {schedule.isRefetchError && (
            <div className={classes.notice}>
              <Notice tone="caution" title={t('outdated')}>
                {t('outdatedText', { time: formatTime(schedule.dataUpdatedAt) })}
              </Notice>
            </div>
          )}
          <Loaded query={schedule} skeleton={<CalendarSkeleton />}>
            {() => {
              if (practitioners.length === 0) {
                return (
                  <EmptyState icon={IconStethoscope} title={t('noDoctors')}>
                    {t('noDoctorsText')}
                  </EmptyState>
                )
              }
              return phone ? (
                <Agenda columns={columns} zone={zone} onOpen={show} onBookAt={bookAt} />
              ) : (
                <CalendarGrid
                  columns={columns}
                  zone={zone}
                  view={calendar.view}
                  chosenId={open?.about === 'visit' ? open.visit.id : null}
                  draft={open?.about === 'booking' ? open.draft : null}
                  onOpen={show}
                  onBookAt={bookAt}
                  onDropped={(visit, startsAt) => {
                    show(visit, null, startsAt)
                  }}
                />
              )
            }}
          </Loaded>
        </div>
        {open && (
          <SidePanel
            title={open.about === 'booking' ? t('book') : t('visit.title')}
            as={phone ? 'sheet' : narrow ? 'over' : 'beside'}
            focusKey={keyOf(open)}
            onClose={close}
          >
            {open.about === 'booking' ? (
              <BookingPanel
                draft={open.draft}
                practitioners={practitioners}
                zone={zone}
                alsoFree={freeDraft(columns, open.draft)}
                onDraft={(draft) => {
                  setOpen({ about: 'booking', draft })
                }}
                onBooked={(visit) => {
                  show(visit, 'booked')
                }}
              />
            ) : (
              <VisitPanel
                key={keyOf(open)}
                visit={newest(open.visit, schedule.data)}
                zone={zone}
                news={open.news}
                moveTo={open.moveTo}
                alsoFree={(minutes) => aroundItself(columns, open.visit, minutes, open.moveTo)}
                onChanged={show}
                onAnother={() => {
                  book({
                    practitionerId: open.visit.practitioner.id,
                    day: dayOf(open.visit.startsAt, zone),
                  })
                }}
              />
            )}
          </SidePanel>
        )}
      </div>
      {phone && practitioners.length > 0 && (
        <div className={classes.thumb}>
          <BookButton phone onBook={bookAnew} />
        </div>
      )}
    </PageShell>
  )
}

/** The day or week on show, and whose clock it follows where this device has another one. */
function Where({ calendar: { view, days }, zone }: { calendar: Calendar; zone: string }) {
  const { t } = useTranslation('scheduling')
  const noon = (day: string | undefined) => formatDay(instantAt(day ?? '', 12 * 60, zone), { zone })
  const elsewhere = offsetAt(now(), zone) !== offsetAt(now(), deviceZone())
  return (
    <>
      <span aria-live="polite">
        {view === 'day' ? noon(days[0]) : t('week', { from: noon(days[0]), to: noon(days.at(-1)) })}
      </span>
      {elsewhere && <span className={classes.zone}>{t('zone', { zone })}</span>}
    </>
  )
}

function keyOf(open: Open): string {
  return open.about === 'booking' ? 'booking' : `${open.visit.id} ${open.moveTo ?? ''}`
}

/** Escape, unless it belongs to a dialog over the page or to an open list. */
function meansClose({ key, currentTarget, target }: KeyboardEvent<HTMLElement>): boolean {
  return (
    key === 'Escape' &&
    target instanceof Element &&
    currentTarget.contains(target) &&
    target.getAttribute('aria-expanded') !== 'true'
  )
}
