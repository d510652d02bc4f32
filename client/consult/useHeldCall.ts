import { useEffect, useState } from 'react'
import type { ConsultId } from '#shared/ids.ts'
import { calls } from './call-keeper.ts'
import type { CallSession } from './call/CallSession.ts'

/** The call of this consult, connected for as long as the screen is there. */
export function useHeldCall(consultId: ConsultId): CallSession {
  const [session] = useState(() => calls.get(consultId))
  useEffect(() => {
    session.start()
    return calls.hold(session)
  }, [session])
  return session
}
