import { IconPencil } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scale } from '#kernels/measure.ts'
import type { Snapshot } from '#shared/imaging.ts'
import type { Annotation, AnnotationShape } from '#shared/imaging-viewer.ts'
import { inSentences } from '../../platform/lists.ts'
import { formatNumber } from '../../platform/time.ts'
import { FailedReading } from '../FailedReading.tsx'
import { colourOf, shapeOf } from './numbers.ts'
import classes from './outline.module.css'
import { useSamples } from './useSamples.ts'

interface OutlineNumbersProps {
  snapshot: Snapshot
  annotation: Annotation
  shape: Extract<AnnotationShape, { kind: 'outline' }>
  scale: Scale | null
  onEdit: () => void
}

/** What an outline measures: numbers for the doctor to read, none of them a score. */
export function OutlineNumbers({ snapshot, annotation, shape, scale, onEdit }: OutlineNumbersProps) {
  const { t } = useTranslation('outline')
  const [open, setOpen] = useState(false)
  const query = useSamples(snapshot, open)
  const samples = query.data
  const summary = useRef<HTMLElement>(null)
  const found = useMemo(
    () => (open ? shapeOf(shape.points, snapshot, scale) : null),
    [open, shape.points, snapshot, scale],
  )
  const colour = useMemo(() => (samples ? colourOf(shape.points, samples) : null), [samples, shape.points])
  const unit = found?.unit ?? 'px'
  const length = (value: number) =>
    t(`unit.${unit}`, { value: formatNumber(value, { maximumFractionDigits: unit === 'px' ? 0 : 1 }) })
  const share = (value: number) => formatNumber(value, { style: 'percent', maximumFractionDigits: 0 })
  const fine = (value: number) => formatNumber(value, { maximumFractionDigits: 2 })
  return (
    <details
      className={classes.numbers}
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
      }}
    >
      <summary ref={summary}>{t('numbers.title')}</summary>
      {found && (
        <dl className={classes.table}>
          <dt>{t('numbers.area')}</dt>
          <dd>
            {t(`unit.${unit}2`, {
              value: formatNumber(found.shape.area, { maximumFractionDigits: unit === 'px' ? 0 : 1 }),
            })}
          </dd>
          <dt>{t('numbers.perimeter')}</dt>
          <dd>{length(found.shape.perimeter)}</dd>
          <dt>{t('numbers.axes')}</dt>
          <dd>
            {t('numbers.axesValue', {
              major: length(found.shape.axes.major),
              minor: length(found.shape.axes.minor),
            })}
          </dd>
          <dt>{t('numbers.a')}</dt>
          <dd>
            {t('numbers.aValue', {
              major: share(found.shape.asymmetry.acrossMajor),
              minor: share(found.shape.asymmetry.acrossMinor),
            })}
          </dd>
          <dt>{t('numbers.b')}</dt>
          <dd>{t('numbers.bValue', { value: fine(found.shape.irregularity) })}</dd>
          <dt>{t('numbers.c')}</dt>
          <dd>
            {colour ? (
              t('numbers.cValue', {
                count: colour.count,
                spread: formatNumber(colour.spread, { maximumFractionDigits: 1 }),
              })
            ) : query.isError ? (
              <FailedReading
                error={query.error}
                onRetry={() => {
                  // The button goes when it has been pressed.
                  summary.current?.focus({ preventScroll: true })
                  void query.refetch()
                }}
              />
            ) : query.isPending ? (
              t('numbers.cWait')
            ) : (
              t('numbers.cNone')
            )}
          </dd>
          <dt>{t('numbers.d')}</dt>
          <dd>
            {unit === 'mm'
              ? length(found.shape.diameter)
              : t('numbers.dPixels', { value: length(found.shape.diameter) })}
          </dd>
        </dl>
      )}
      <p className={classes.origin}>
        {inSentences(
          t(`origin.${originOf(shape)}`, { name: annotation.author.name ?? '' }),
          t('origin.noScore'),
        )}
      </p>
      <button type="button" className={classes.edit} onClick={onEdit}>
        <IconPencil size={16} stroke={1.75} aria-hidden />
        {t('edit')}
      </button>
    </details>
  )
}

function originOf({ proposed }: OutlineNumbersProps['shape']): 'drawn' | 'proposed' | 'changed' {
  if (!proposed) return 'drawn'
  return proposed.changed ? 'changed' : 'proposed'
}
