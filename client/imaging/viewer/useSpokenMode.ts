import { useEffect, useRef } from 'react'
import { announce } from '../../ui/index.ts'

/** Another way to look at the picture is spoken. */
export function useSpokenMode(mode: string): void {
  const spoken = useRef(mode)
  useEffect(() => {
    if (spoken.current === mode) return
    spoken.current = mode
    announce(mode)
  }, [mode])
}
