import { Button } from '@mantine/core'
import { IconCameraOff, IconClock, IconPresentation } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import type { CallSession } from '../consult/call/CallSession.ts'
import { useCall } from '../consult/call/useCall.ts'
import { announce, EmptyState, Loaded, Notice } from '../ui/index.ts'
import { SnapshotCard } from './SnapshotCard.tsx'
import classes from './Snapshots.module.css'
import { useSnapshots } from './useSnapshots.ts'
import { useFollower } from './viewer/useFollower.ts'
import { Viewer } from './viewer/Viewer.tsx'

// What reads and measures files is not for the patient's first load.
const OwnPictures = lazy(async () => ({
  default: (await import('./capture/OwnPictures.tsx')).OwnPictures,
}))

interface SnapshotsProps {
  session: CallSession
  /** In a row above the patient's bar. */
  strip?: boolean
}

/** The pictures of this consult: each as it was taken and as it was enhanced. */
export function Snapshots({ session, strip = false }: SnapshotsProps) {
  const { t } = useTranslation('imaging')
  const { t: viewer } = useTranslation('viewer', { useSuspense: false })
  const query = useSnapshots(session)
  const { view } = useCall(session)
  const [shown, setShown] = useState<Snapshot['id'] | null>(null)
  useSpokenProgress(query.data?.snapshots ?? [])
  const patient = view?.participants.find((person) => person.role === 'patient')?.displayName ?? ''
  const doctor = view?.participants.find((person) => person.role === 'practitioner')?.displayName ?? ''
  const self = view?.participants.find((person) => person.participantId === view.self)
  const role = self?.role ?? 'patient'
  const follower = useFollower(role === 'patient' ? session : null)
  const together = follower.part === 'following' ? (follower.shown?.snapshotId ?? null) : null
  return (
    <section className={classes.region} data-strip={strip || undefined} aria-label={t('region')}>
      {!strip && view?.snapshotRequest && (
        <Notice tone="info" icon={IconClock}>
          {t('asked', { name: patient })}
        </Notice>
      )}
      {follower.shown && follower.part === 'away' && (
        <Notice
          tone="info"
          icon={IconPresentation}
          action={
            <Button size="sm" onClick={follower.follow}>
              {viewer('follow.open')}
            </Button>
          }
        >
          {viewer('follow.alone', { name: doctor })}
        </Notice>
      )}
      {!strip && (
        <Suspense fallback={<div className={classes.ownPlace} />}>
          <OwnPictures session={session} patient={patient} />
        </Suspense>
      )}
      <Loaded query={query}>
        {({ snapshots }) =>
          snapshots.length === 0 ? (
            strip || view?.snapshotRequest ? null : (
              <EmptyState icon={IconCameraOff} title={t('none')}>
                <p>{t('noneNext', { button: t('takeWord') })}</p>
              </EmptyState>
            )
          ) : (
            <ul className={classes.list}>
              {newestFirst(snapshots).map((snapshot) => (
                <SnapshotCard
                  key={snapshot.id}
                  session={session}
                  snapshot={snapshot}
                  role={role}
                  patient={patient}
                  strip={strip}
                  onOpen={setShown}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <Viewer
        snapshots={newestFirst(query.data?.snapshots ?? [])}
        shown={together ?? shown}
        role={role}
        session={session}
        follower={
          role === 'patient'
            ? {
                ...follower,
                roam: () => {
                  if (together) setShown(together)
                  follower.roam()
                },
              }
            : null
        }
        onShow={setShown}
        onClose={() => {
          if (follower.shown) follower.leave()
          setShown(null)
        }}
      />
    </section>
  )
}

function newestFirst(snapshots: readonly Snapshot[]): Snapshot[] {
  return snapshots.toSorted((a, b) => b.takenAt - a.takenAt)
}

/** A picture that comes, and one that is enhanced, are spoken. */
function useSpokenProgress(snapshots: readonly Snapshot[]): void {
  const { t } = useTranslation('imaging')
  const before = useRef<ReadonlyMap<string, Snapshot['state']> | null>(null)
  useEffect(() => {
    const known = before.current
    before.current = new Map(snapshots.map((snapshot) => [snapshot.id, snapshot.state]))
    if (!known) return
    for (const { id, state } of snapshots) {
      if (!known.has(id)) announce(t('arrived'))
      else if (known.get(id) === 'processing' && state !== 'processing') {
        announce(state === 'ready' ? t('enhancedNow') : t('state.failed'))
      }
    }
  }, [snapshots, t])
}
