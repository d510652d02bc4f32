import { useEffect, useRef, type RefObject } from 'react'

/**
 * For what comes in the place of something that had the focus: takes it when it is there, and whenever `change` is another one,
 * but from nobody who has it. `wanted` false: it leaves the focus where it is.
 */
export function useInheritedFocus<T extends HTMLElement>(
  change?: unknown,
  wanted = true,
): RefObject<T | null> {
  const element = useRef<T>(null)
  useEffect(() => {
    if (wanted && document.activeElement === document.body) element.current?.focus({ preventScroll: true })
  }, [change, wanted])
  return element
}
