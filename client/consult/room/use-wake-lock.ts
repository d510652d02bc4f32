import { useEffect } from 'react'
import { journal } from '../../platform/journal.ts'

/** The screen stays on while this is shown. Phones drop the lock with the page and get it again with it. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    let over = false
    const take = () => {
      if (over || document.visibilityState === 'hidden' || !('wakeLock' in navigator)) return
      navigator.wakeLock.request('screen').then(
        (taken) => {
          lock = taken
          if (over) void taken.release()
        },
        (error: unknown) => {
          journal('The screen may go dark during the call', error)
        },
      )
    }
    take()
    document.addEventListener('visibilitychange', take)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', take)
      void lock?.release()
    }
  }, [])
}
