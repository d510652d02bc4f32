import { IconColorFilter } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import type { Step } from '#shared/imaging-recipe.ts'
import { journal } from '../../platform/journal.ts'
import { findMarker } from './find-marker.ts'
import classes from './marker.module.css'

interface MarkerBalanceProps {
  snapshot: Snapshot
  disabled: boolean
  onStep: (step: Step) => void
}

/** Corrects the colours so that the marker's white paper is neutral. */
export function MarkerBalance({ snapshot, disabled, onStep }: MarkerBalanceProps) {
  const { t } = useTranslation('marker')
  const search = useMutation({
    mutationFn: () => findMarker(snapshot),
    onSuccess: (marker) => {
      if (marker.found && marker.gains) onStep({ op: 'colourGains', version: 1, ...marker.gains })
    },
    onError: (error) => {
      journal('The marker cannot be looked for', error)
    },
  })
  const { data: marker, isPending, isError } = search
  const rests = disabled || isPending
  const problem = isError
    ? 'failed'
    : marker && (marker.found ? (marker.gains ? null : 'too_bright') : marker.reason)
  return (
    <div className={classes.find}>
      <button
        type="button"
        className={`${classes.button} ${classes.wide}`}
        // Not disabled: that would take the focus from who presses it.
        aria-disabled={rests}
        onClick={() => {
          if (!rests) search.mutate()
        }}
      >
        <IconColorFilter size={18} stroke={1.75} aria-hidden />
        {isPending ? t('balance.busy') : t('balance.button')}
      </button>
      <p className={classes.answer} role="status">
        {problem && t(`problem.${problem}`)}
      </p>
    </div>
  )
}
