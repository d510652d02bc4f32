import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { VisitCard } from '#shared/consult.ts'
import { announce } from '../../ui/index.ts'
import { chime } from '../chime.ts'

/** Tells by sound and by voice that a patient has come into the waiting room since the page was opened. */
export function useArrivals(waiting: readonly VisitCard[] | undefined, sound: boolean): void {
  const { t } = useTranslation('clinic')
  const known = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    if (!waiting) return
    const before = known.current
    known.current = new Set(waiting.map((visit) => visit.appointmentId))
    // Whoever waits when the page opens is seen, not announced.
    const arrived = before ? waiting.filter((visit) => !before.has(visit.appointmentId)) : []
    if (arrived.length === 0) return
    if (sound) void chime('ready')
    for (const visit of arrived) announce(t('arrived', { name: visit.patientName }), true)
  }, [waiting, sound, t])
}
