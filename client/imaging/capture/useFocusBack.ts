import { useEffect, useState, type RefObject } from 'react'

/** For a dialog that comes unasked: when it goes, who had the focus before has it again; if that is gone, or nobody had, `other`. */
export function useFocusBack(other: RefObject<HTMLElement | null>): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return
      const there = before instanceof HTMLElement && before !== document.body && before.isConnected
      const back = there ? before : other.current
      back?.focus({ preventScroll: true })
    },
    [before, other],
  )
}
