import { lazy, Suspense } from 'react'
import type { Snapshot } from '#shared/imaging.ts'
import type { SharedView } from '#shared/imaging-viewer.ts'
import classes from './compare.module.css'

const SharedComparison = lazy(async () => ({
  default: (await import('./SharedComparison.tsx')).SharedComparison,
}))

interface ComparisonOverProps {
  now: Snapshot
  /** What the doctor shows. */
  view: SharedView
  onNotNow: () => void
}

/** Over the picture, as long as the doctor shows an earlier one with it; nothing otherwise. */
export function ComparisonOver({ now, view, onNotNow }: ComparisonOverProps) {
  const { comparison, rect } = view
  if (!comparison || !now.consultId) return null
  return (
    <div className={classes.over}>
      <Suspense fallback={null}>
        <SharedComparison
          consultId={now.consultId}
          now={now}
          view={{ comparison, rect }}
          onNotNow={onNotNow}
        />
      </Suspense>
    </div>
  )
}
