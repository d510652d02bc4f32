import { useCallback, useEffect, useRef, useState } from 'react'
import type { SnapshotId } from '#shared/ids.ts'
import type { PicturePoint } from '#shared/imaging-viewer.ts'
import type { CallSession } from '../../consult/call/CallSession.ts'
import { journal } from '../../platform/journal.ts'
import { LatestSender } from './LatestSender.ts'

const everyMs = 67
const maxUnderWay = 4
/** A finger that does not move any more is not pointing any more. */
const forgottenMs = 6000

interface Pointed {
  readonly snapshotId: SnapshotId
  readonly at: PicturePoint | null
}

export interface Pointers {
  /** Where the other one points; null: nowhere. */
  readonly theirs: PicturePoint | null
  /** Tells where the own finger or mouse is. Does nothing while `active` is false. */
  readonly point: (at: PicturePoint | null) => void
}

/** Fingers and mice on a picture, each seen by the other side. */
export function usePointers(session: CallSession | null, snapshotId: SnapshotId, active: boolean): Pointers {
  const [theirs, setTheirs] = useState<Pointed | null>(null)
  const sender = useRef<LatestSender<Pointed> | null>(null)

  useEffect(() => {
    if (!session) return
    let forgotten: ReturnType<typeof setTimeout> | undefined
    const remove = session.onNews('viewer:pointed', ({ from, ...pointed }) => {
      if (from === session.state.view?.self) return
      clearTimeout(forgotten)
      setTheirs(pointed)
      forgotten = setTimeout(() => {
        setTheirs(null)
      }, forgottenMs)
    })
    return () => {
      clearTimeout(forgotten)
      remove()
    }
  }, [session])

  useEffect(() => {
    if (!session || !active) return
    const made = new LatestSender<Pointed>({
      send: (pointed) => session.request('viewer:point', pointed),
      everyMs,
      maxUnderWay,
      failed: (error) => {
        journal('A pointer was not shown:', error)
      },
    })
    sender.current = made
    return () => {
      sender.current = null
      made.close()
    }
  }, [session, active])

  const point = useCallback(
    (at: PicturePoint | null) => {
      sender.current?.send({ snapshotId, at })
    },
    [snapshotId],
  )
  return { theirs: theirs?.snapshotId === snapshotId ? theirs.at : null, point }
}
