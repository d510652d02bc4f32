import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconDoorEnter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { readJoinLink } from '#shared/consult.ts'
import type { Appointment } from '#shared/scheduling.ts'
import { call } from '../platform/api.ts'
import { inSentences } from '../platform/lists.ts'
import { keyOf } from '../platform/query.ts'
import { deviceZone, formatTime, isSameDay, useNow } from '../platform/time.ts'
import { ErrorNotice, PersonAvatar, TimeText } from '../ui/index.ts'
import { CancelVisit } from './CancelVisit.tsx'
import classes from './NextVisit.module.css'

/** The visit that comes next: when, with whom, and the door to it. */
export function NextVisit({ visit }: { visit: Appointment }) {
  const { t } = useTranslation('identity')
  const navigate = useNavigate()
  const now = useNow()
  // The link is the same each time it is asked for; asking tells when its door opens.
  const link = useQuery({
    queryKey: [...keyOf(readJoinLink), visit.id, visit.version],
    queryFn: () => call(readJoinLink, { params: { appointmentId: visit.id } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const open = link.data !== undefined && now >= link.data.opensAt && now < link.data.expiresAt
  const elsewhere = formatTime(visit.startsAt, { zone: visit.zone }) !== formatTime(visit.startsAt)

  return (
    <section className={classes.card} aria-labelledby="next-visit">
      <h2 id="next-visit" className={classes.eyebrow}>
        {t('home.next')} · <TimeText at={visit.startsAt} as="relative" />
      </h2>
      <p className={classes.when}>
        <TimeText at={visit.startsAt} as="dayTime" />
      </p>
      {elsewhere && (
        <p className={classes.zone} title={`${deviceZone()} / ${visit.zone}`}>
          {t('home.yourTime')} ·{' '}
          {t('home.clinicTime', { time: formatTime(visit.startsAt, { zone: visit.zone }) })}
        </p>
      )}
      <div className={classes.person}>
        <PersonAvatar name={visit.practitioner.displayName} size={48} />
        <div>
          <div className={classes.name}>{visit.practitioner.displayName}</div>
          <div className={classes.reason}>{t('home.reason', { reason: visit.reason })}</div>
        </div>
      </div>
      <ErrorNotice error={link.error} />
      <p className={classes.hint}>
        {link.data && !open ? (
          <>
            {inSentences(
              t('home.joinFrom', { time: formatTime(link.data.opensAt) }),
              isSameDay(now, visit.startsAt) && t('home.prepare'),
            )}
          </>
        ) : (
          open && t('home.joinOpen')
        )}
      </p>
      <div className={classes.actions}>
        <Button
          size="lg"
          disabled={!open}
          leftSection={<IconDoorEnter size={22} stroke={1.75} aria-hidden />}
          onClick={() => {
            if (link.data) void navigate(new URL(link.data.url, location.href).pathname)
          }}
        >
          {t('home.join')}
        </Button>
        <CancelVisit visit={visit} />
      </div>
    </section>
  )
}
