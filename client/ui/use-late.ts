import { useEffect, useState } from 'react'

/** False at first, true after `ms`: what answers within 200 ms needs no sign that it is loading. */
export function useLate(ms = 200): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true)
    }, ms)
    return () => {
      clearTimeout(timer)
    }
  }, [ms])
  return late
}
