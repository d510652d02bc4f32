import { useCallback, useState } from 'react'
import type { SnapshotId } from '#shared/ids.ts'

type SetOfPicture<T> = (value: T | null | ((now: T | null) => T | null)) => void

/**
 * Something begun on one picture: on another one it is not there, and cannot be set or ended from there. What sets it is the
 * same function for as long as the picture is the same.
 */
export function useOfPicture<T extends object>(snapshotId: SnapshotId): readonly [T | null, SetOfPicture<T>] {
  const [kept, setKept] = useState<{ of: SnapshotId; value: T } | null>(null)
  const set = useCallback<SetOfPicture<T>>(
    (next) => {
      setKept((now) => {
        const own = now?.of === snapshotId ? now.value : null
        const value = typeof next === 'function' ? next(own) : next
        if (value !== null) return { of: snapshotId, value }
        return own === null ? now : null
      })
    },
    [snapshotId],
  )
  return [kept?.of === snapshotId ? kept.value : null, set]
}
