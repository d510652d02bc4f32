import { useEffect, useState } from 'react'
import type { ConsultView } from '#shared/consult.ts'
import type { CallSession } from '../consult/call/CallSession.ts'
import { useCall } from '../consult/call/useCall.ts'
import classes from './PatientSnapshots.module.css'
import { SnapshotQuestion } from './SnapshotQuestion.tsx'
import { Snapshots } from './Snapshots.tsx'
import { useSnapshots } from './useSnapshots.ts'

type Request = NonNullable<ConsultView['snapshotRequest']>

/** The patient's side of pictures: the question, and what was taken, above the bar. */
export function PatientSnapshots({ session, doctor }: { session: CallSession; doctor: string }) {
  const { view } = useCall(session)
  const [asked, setAsked] = useState<Request | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const snapshots = useSnapshots(session)

  useEffect(() => session.onNews('snapshot:requested', setAsked), [session])
  const request =
    asked?.requestId === done ? (view?.snapshotRequest ?? null) : (asked ?? view?.snapshotRequest ?? null)
  const open = request !== null && request.requestId !== done ? request : null
  return (
    <>
      {(snapshots.data?.snapshots.length ?? 0) > 0 && (
        <div className={classes.strip}>
          <Snapshots session={session} strip />
        </div>
      )}
      {open && (
        <SnapshotQuestion
          key={open.requestId}
          session={session}
          request={open}
          doctor={doctor}
          onDone={setDone}
        />
      )}
    </>
  )
}
