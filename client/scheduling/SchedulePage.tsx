import { Skeleton } from '@mantine/core'
import { useHotkeys, useMediaQuery } from '@mantine/hooks'
import { IconStethoscope } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '#shared/identity.ts'
import type { Appointment } from '#shared/scheduling.ts'
import type { Instant } from '#shared/time.ts'
import { useSession } from '../identity/useSession.ts'
import { formatDay, formatDayTime } from '../platform/time.ts'
import { announce, EmptyState, KeysHelp, Loaded, PageShell } from '../ui/index.ts'
import { Agenda } from './Agenda.tsx'
import { BookingPanel } from './BookingPanel.tsx'
import { CalendarGrid } from './CalendarGrid.tsx'
import { aroundItself, freeDraft, newest } from './openings.ts'
import { usualMinutes, type Draft } from './draft.ts'
import classes from './schedule.module.css'
import { SidePanel } from './SidePanel.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useCalendar, type Calendar } from './useCalendar.ts'
import { useColumns } from './useColumns.ts'
import { useSchedule } from './useSchedule.ts'
import { VisitPanel } from './VisitPanel.tsx'
import { dayOf, instantAt } from './zone.ts'

/** What the panel on the right is about. */
type Open =
  | { about: 'booking'; draft: Draft }
  | { about: 'visit'; visit: Appointment; news: 'booked' | 'moved' | null; moveTo: Instant | null }

/** The clinic's calendar, and booking beside it. */
export function SchedulePage() {
  const session = useSession()
  return session.state === 'in' ? <ClinicSchedule me={session.me} /> : null
}

function ClinicSchedule({ me }: { me: Me }) {
  const { t } = useTranslation('scheduling')
  const phone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false }) ?? false
  const narrow = useMediaQuery('(max-width: 68.75em)', undefined, { getInitialValueInEffect: false }) ?? false
  const { zone } = me.organization
  const place = useCalendar(zone, me.role === 'practitioner' ? 'week' : 'day')
  const calendar: Calendar = phone ? { ...place, view: 'day', days: [place.day] } : place
  const schedule = useSchedule(calendar.days, zone)
  const [open, setOpen] = useState<Open | null>(null)
  const practitioners = schedule.data?.practitioners ?? []
  const one = phone || calendar.view === 'week'
  const shown =
    practitioners.find(({ id }) => id === calendar.shown)?.id ?? (one ? (practitioners[0]?.id ?? null) : null)
  const columns = useColumns(schedule.data, calendar, shown)

  const close = () => {
    setOpen(null)
  }
  const book = (wanted: Partial<Draft>) => {
    setOpen((before) => ({
      about: 'booking',
      draft: {
        patient: null,
        practitionerId: shown ?? (practitioners.length === 1 ? (practitioners[0]?.id ?? null) : null),
        day: calendar.day < calendar.today ? calendar.today : calendar.day,
        startsAt: null,
        minutes: usualMinutes,
        reason: '',
        ...(before?.about === 'booking' ? before.draft : {}),
        ...wanted,
      },
    }))
  }
  const show = (
    visit: Appointment,
    news: 'booked' | 'moved' | null = null,
    moveTo: Instant | null = null,
  ) => {
    setOpen({ about: 'visit', visit, news, moveTo })
    if (news === null) return
    const time = formatDayTime(visit.startsAt, { zone })
    announce(news === 'booked' ? t('booking.booked', { time }) : t('visit.changed', { time }))
    const day = dayOf(visit.startsAt, zone)
    if (!calendar.days.includes(day)) calendar.goTo(day)
  }
  useHotkeys([
    [
      'b',
      () => {
        book({})
      },
    ],
    [
      't',
      () => {
        calendar.goTo(calendar.today)
      },
    ],
    [
      'p',
      () => {
        calendar.step(-1)
      },
    ],
    [
      'n',
      () => {
        calendar.step(1)
      },
    ],
    [
      'd',
      () => {
        calendar.setView('day')
      },
    ],
    [
      'w',
      () => {
        calendar.setView('week')
      },
    ],
  ])

  const [first = calendar.day, last = first] = [calendar.days[0], calendar.days.at(-1)]
  const noon = (day: string) => instantAt(day, 12 * 60, zone)
  return (
    <PageShell
      title={t('title')}
      width="fill"
      subtitle={
        calendar.view === 'day'
          ? formatDay(noon(calendar.day), { zone })
          : t('week', { from: formatDay(noon(first), { zone }), to: formatDay(noon(last), { zone }) })
      }
      actions={
        <Toolbar
          calendar={calendar}
          practitioners={practitioners}
          shown={shown}
          phone={phone}
          onBook={() => {
            book({})
          }}
        />
      }
    >
      <KeysHelp
        keys={[
          { keys: 'b', meaning: t('keys.book') },
          { keys: 't', meaning: t('keys.today') },
          { keys: 'p', meaning: t('keys.back') },
          { keys: 'n', meaning: t('keys.on') },
          { keys: 'd', meaning: t('keys.day') },
          { keys: 'w', meaning: t('keys.week') },
          { keys: '←+↑+↓+→', meaning: t('keys.move') },
          { keys: 'Enter', meaning: t('keys.open') },
          { keys: 'Esc', meaning: t('keys.close') },
        ]}
      />
      <div
        className={classes.frame}
        onKeyDown={(event) => {
          if (open && meansClose(event)) close()
        }}
      >
        <div className={classes.main} aria-busy={schedule.isPlaceholderData || undefined}>
          <Loaded query={schedule} skeleton={<Skeleton height="100%" className={classes.skeleton ?? ''} />}>
            {() =>
              practitioners.length === 0 ? (
                <EmptyState icon={IconStethoscope} title={t('noDoctors')}>
                  {t('noDoctorsText')}
                </EmptyState>
              ) : phone ? (
                <Agenda
                  columns={columns}
                  zone={zone}
                  onOpen={show}
                  onBookAt={(column, startsAt) => {
                    book({ practitionerId: column.practitioner.id, day: column.day, startsAt })
                  }}
                />
              ) : (
                <CalendarGrid
                  columns={columns}
                  zone={zone}
                  view={calendar.view}
                  chosenId={open?.about === 'visit' ? open.visit.id : null}
                  draft={open?.about === 'booking' ? open.draft : null}
                  onOpen={show}
                  onBookAt={(column, startsAt) => {
                    book({ practitionerId: column.practitioner.id, day: column.day, startsAt })
                  }}
                  onDropped={(visit, startsAt) => {
                    show(visit, null, startsAt)
                  }}
                />
              )
            }
          </Loaded>
        </div>
        {open && (
          <SidePanel
            title={open.about === 'booking' ? t('book') : t('visit.title')}
            as={phone ? 'sheet' : narrow ? 'over' : 'beside'}
            focusKey={open.about === 'booking' ? 'booking' : `${open.visit.id} ${open.moveTo ?? ''}`}
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
                key={`${open.visit.id} ${open.moveTo ?? ''}`}
                visit={newest(open.visit, schedule.data)}
                zone={zone}
                news={open.news}
                moveTo={open.moveTo}
                alsoFree={(minutes) => aroundItself(columns, open.visit, minutes, open.moveTo)}
                onChanged={show}
                onAnother={() => {
                  book({ practitionerId: open.visit.practitioner.id, day: dayOf(open.visit.startsAt, zone) })
                }}
              />
            )}
          </SidePanel>
        )}
      </div>
    </PageShell>
  )
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
