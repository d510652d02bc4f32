import { VisuallyHidden } from '@mantine/core'
import { useEffect, useState } from 'react'

interface Announcement {
  readonly text: string
  readonly urgent: boolean
  readonly turn: number
}

const listeners = new Set<(announcement: Announcement) => void>()
let turn = 0

/** Speaks a sentence to people who use a screen reader; `urgent` interrupts what is being read. */
export function announce(text: string, urgent = false): void {
  turn += 1
  for (const listener of listeners) listener({ text, urgent, turn })
}

/** Mounted once, in the app's root. */
export function LiveRegion() {
  const [spoken, setSpoken] = useState<Announcement>({ text: '', urgent: false, turn: 0 })
  useEffect(() => {
    listeners.add(setSpoken)
    return () => {
      listeners.delete(setSpoken)
    }
  }, [])
  // The key makes the same sentence be read again when it happens again.
  return (
    <VisuallyHidden>
      <div aria-live="polite">{!spoken.urgent && <span key={spoken.turn}>{spoken.text}</span>}</div>
      <div aria-live="assertive">{spoken.urgent && <span key={spoken.turn}>{spoken.text}</span>}</div>
    </VisuallyHidden>
  )
}
