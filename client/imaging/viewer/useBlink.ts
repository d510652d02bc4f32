import { useEffect, useState } from 'react'

/** Slow enough that nobody takes harm from it (WCAG 2.3.1: at most three flashes a second). */
const everyMs = 800

/** Which of the two is shown now. */
export function useBlink(on: boolean): 'original' | 'enhanced' {
  const [side, setSide] = useState<'original' | 'enhanced'>('original')
  useEffect(() => {
    if (!on) return
    const timer = setInterval(() => {
      setSide((now) => (now === 'original' ? 'enhanced' : 'original'))
    }, everyMs)
    return () => {
      clearInterval(timer)
    }
  }, [on])
  return side
}
