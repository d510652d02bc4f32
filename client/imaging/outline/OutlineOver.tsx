import { Suspense } from 'react'
import type { Look } from '../viewer/useLook.ts'
import { OutlineHandles, OutlineShadow } from './OutlineHandles.tsx'
import type { OutlineWork } from './useOutlining.ts'

interface OutlineOverProps {
  work: OutlineWork
  look: Look
  /** Of two, the first one has the handles. */
  pane: number
}

/** The outline at hand, over the picture. */
export function OutlineOver({ work, look: { scene, camera }, pane }: OutlineOverProps) {
  const { now } = work
  if (now?.step === 'asking' && now.before)
    return <OutlineShadow scene={scene} camera={camera} points={now.before} />
  if (now?.step !== 'editing') return null
  return (
    <Suspense fallback={null}>
      <OutlineHandles
        scene={scene}
        camera={camera}
        editing={now.editing}
        shownOnly={pane > 0}
        onChange={work.change}
      />
    </Suspense>
  )
}
