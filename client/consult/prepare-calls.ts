import { useEffect } from 'react'
import type { ConsultId } from '#shared/ids.ts'
import { journal } from '../platform/journal.ts'
import { calls } from './call-keeper.ts'
import { ConsultScreen } from './consult-screen.ts'

/**
 * For the doctor's board: fetches the page, the texts and the media library of a call while nobody waits for them, and
 * sits down in the consult of the patient who is next. Camera and microphone stay off until "Admit".
 */
export function usePreparedCall(next: ConsultId | null): void {
  useEffect(prepare, [])
  useEffect(() => {
    if (next === null) return
    const session = calls.get(next)
    session.start()
    return calls.hold(session)
  }, [next])
}

function prepare(): void {
  calls.warm()
  Promise.all([ConsultScreen.preload(), import('./DoctorPanel.tsx'), import('./NoteDock.tsx')]).catch(
    (error: unknown) => {
      journal('The page of the call comes when it is needed', error)
    },
  )
}
