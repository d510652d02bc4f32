import { useCallback, useSyncExternalStore } from 'react'
import type { CallState } from './call-state.ts'
import type { CallSession } from './CallSession.ts'

/** What there is to show of a call, renewed with each change. */
export function useCall(session: CallSession): CallState {
  const subscribe = useCallback((changed: () => void) => session.on('change', changed), [session])
  return useSyncExternalStore(subscribe, () => session.state)
}
