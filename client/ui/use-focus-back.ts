import { useEffect, useState, type RefObject } from 'react'

/**
 * For a dialog that goes with its component: when it is gone, who had the focus before has it again; if that is gone too, or
 * nobody had, `other`. (Mantine gives it back only where a dialog is closed and stays.)
 */
export function useFocusBack(other?: RefObject<HTMLElement | null>): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return
      const there = before instanceof HTMLElement && before !== document.body && before.isConnected
      const back = there ? before : other?.current
      back?.focus({ preventScroll: true })
    },
    [before, other],
  )
}
