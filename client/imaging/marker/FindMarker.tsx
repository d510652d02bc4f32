import { IconTargetArrow } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { referenceMarker } from '#kernels/marker/reference.ts'
import type { Snapshot } from '#shared/imaging.ts'
import type { AnnotationShape } from '#shared/imaging-viewer.ts'
import { journal } from '../../platform/journal.ts'
import { findMarker } from './find-marker.ts'
import classes from './marker.module.css'

interface FindMarkerProps {
  snapshot: Snapshot
  onFound: (calibration: AnnotationShape) => void
}

/** Looks for the printed marker, and measures by it from then on. */
export function FindMarker({ snapshot, onFound }: FindMarkerProps) {
  const { t } = useTranslation('marker')
  const search = useMutation({
    mutationFn: () => findMarker(snapshot),
    onSuccess: (marker) => {
      if (!marker.found) return
      const { corners } = marker
      onFound({
        kind: 'calibration',
        points: corners.slice(0, 2),
        millimetres: referenceMarker.sideMillimetres,
        marker: { corners },
      })
    },
    onError: (error) => {
      journal('The marker cannot be looked for', error)
    },
  })
  const { data: marker, isPending, isError } = search
  return (
    <div className={classes.find}>
      <button
        type="button"
        className={classes.button}
        // Not disabled: that would take the focus from who presses it.
        aria-disabled={isPending}
        onClick={() => {
          if (!isPending) search.mutate()
        }}
      >
        <IconTargetArrow size={18} stroke={1.75} aria-hidden />
        {isPending ? t('find.busy') : t('find.button')}
      </button>
      <a className={classes.link} href="/marker" target="_blank" rel="noreferrer">
        {t('find.print')}
      </a>
      <p className={classes.answer} role="status">
        {isError
          ? t('problem.failed')
          : marker && (marker.found ? t('find.done') : t(`problem.${marker.reason}`))}
      </p>
    </div>
  )
}
