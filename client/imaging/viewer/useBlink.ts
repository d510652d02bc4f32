import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useState } from 'react'

/** Slow enough that nobody takes harm from it (WCAG 2.3.1: at most three flashes a second). */
const everyMs = 800

export interface Blink {
  /** Which of the two is shown now. */
  readonly side: 'original' | 'enhanced'
  /** They take turns by themselves. */
  readonly running: boolean
  readonly run: (running: boolean) => void
  /** Shows the other one, and stays there. */
  readonly turn: () => void
}

/** Two pictures in turn: by themselves, or by hand for who wants to look longer or has asked for less motion. */
export function useBlink(on: boolean): Blink {
  const calm = useReducedMotion(false, { getInitialValueInEffect: false })
  const [side, setSide] = useState<'original' | 'enhanced'>('original')
  const [wanted, setWanted] = useState<boolean | null>(null)
  const running = wanted ?? !calm
  useEffect(() => {
    if (!on || !running) return
    const timer = setInterval(() => {
      setSide(other)
    }, everyMs)
    return () => {
      clearInterval(timer)
    }
  }, [on, running])
  return {
    side,
    running,
    run: setWanted,
    turn() {
      setWanted(false)
      setSide(other)
    },
  }
}

function other(side: 'original' | 'enhanced') {
  return side === 'original' ? 'enhanced' : 'original'
}
