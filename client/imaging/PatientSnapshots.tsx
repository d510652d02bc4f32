import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { CallSession } from '../consult/call/CallSession.ts'
import { useCall } from '../consult/call/useCall.ts'
import { journal } from '../platform/journal.ts'
import type { PictureRequest } from './capture/usePictureAnswer.ts'
import classes from './PatientSnapshots.module.css'
import { Snapshots } from './Snapshots.tsx'
import { useSnapshots } from './useSnapshots.ts'

// What measures pictures is not needed for the call to begin; it comes when that is done, before the doctor asks.
const question = () => import('./SnapshotQuestion.tsx')
const SnapshotQuestion = lazy(async () => ({ default: (await question()).SnapshotQuestion }))
const OfferPicture = lazy(async () => ({
  default: (await import('./capture/OfferPicture.tsx')).OfferPicture,
}))

/** The patient's side of pictures: the question, and what was taken, above the bar. */
export function PatientSnapshots({ session, doctor }: { session: CallSession; doctor: string }) {
  const { view } = useCall(session)
  const [asked, setAsked] = useState<PictureRequest | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const snapshots = useSnapshots(session)
  const offer = useRef<HTMLButtonElement>(null)

  useEffect(() => session.onNews('snapshot:requested', setAsked), [session])
  useEffect(() => {
    question().catch((error: unknown) => {
      journal('The question for a picture is loaded when it is asked', error)
    })
  }, [])
  const request =
    asked?.requestId === done ? (view?.snapshotRequest ?? null) : (asked ?? view?.snapshotRequest ?? null)
  const open = request !== null && request.requestId !== done ? request : null
  return (
    <>
      {(snapshots.data?.snapshots.length ?? 0) > 0 && (
        <Suspense fallback={null}>
          <div className={classes.strip}>
            <Snapshots session={session} strip />
          </div>
        </Suspense>
      )}
      <Suspense fallback={null}>
        <OfferPicture session={session} doctor={doctor} button={offer} />
      </Suspense>
      {open && (
        <Suspense fallback={null}>
          <SnapshotQuestion
            key={open.requestId}
            session={session}
            request={open}
            doctor={doctor}
            beside={offer}
            onDone={setDone}
          />
        </Suspense>
      )}
    </>
  )
}
