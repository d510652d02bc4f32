import { useEffect, useRef, useState } from 'react'
import type { PictureRect } from '#shared/imaging-viewer.ts'
import { Inspector } from './Inspector.ts'
import type { Inside, Source } from './protocol.ts'

/** What moves, such as a picture that is being dragged, is looked into when it begins and when it rests. */
const restMs = 120

type Looked = Inside | 'failed' | null

/** What lies in the picture; null until it is known. What was known stays until the next answer comes. */
export function useInside(source: Source, part: PictureRect | null, strength: number): Looked {
  const held = useRef<Inspector | null>(null)
  const [looked, setLooked] = useState<Looked>(null)
  useEffect(() => {
    const inspector = new Inspector({
      onSeen: setLooked,
      onFailed: () => {
        setLooked('failed')
      },
    })
    held.current = inspector
    return () => {
      held.current = null
      inspector.close()
    }
  }, [])
  useEffect(() => {
    if (looked === null || looked === 'failed') return
    return () => {
      looked.spectrum.close()
      looked.edges.close()
    }
  }, [looked])
  const seen = JSON.stringify(part)
  const changedAt = useRef(-Infinity)
  useEffect(() => {
    const look = () => {
      held.current?.look({ source, part: JSON.parse(seen) as PictureRect | null, strength })
    }
    const moves = performance.now() - changedAt.current < restMs
    changedAt.current = performance.now()
    if (!moves) {
      look()
      return
    }
    const timer = setTimeout(look, restMs)
    return () => {
      clearTimeout(timer)
    }
  }, [source, seen, strength])
  return looked
}
