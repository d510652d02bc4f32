import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scale } from '#kernels/measure.ts'
import type { Snapshot } from '#shared/imaging.ts'
import type { PictureRect } from '#shared/imaging-viewer.ts'
import { Notice } from '../../../ui/index.ts'
import { usePreview } from '../../enhance/usePreview.ts'
import { FilterSection, type Filtering } from './FilterSection.tsx'
import { sizeAt, stepOf } from './filters.ts'
import { FindingsView } from './FindingsView.tsx'
import classes from './inside.module.css'
import { Segments } from './Segments.tsx'
import { useInside } from './useInside.ts'

export interface InsidePanelProps {
  snapshot: Snapshot
  sources: { readonly original: string; readonly enhanced: string | ImageBitmap | null }
  /** The part of the picture that is on the screen. */
  seen: PictureRect
  /** How it is turned into millimetres; null: it is not calibrated. */
  calibration: Scale | null
  /** What the filter being tried makes of the picture; see EnhancePanel. */
  onPreview: (preview: ImageBitmap | null) => void
}

/** What lies in the picture beside what the eye sees: levels, frequencies, edges; and each kind of structure alone. */
export function InsidePanel({ snapshot, sources, seen, calibration, onPreview }: InsidePanelProps) {
  const { t } = useTranslation('inside')
  const [side, setSide] = useState<'original' | 'enhanced'>('original')
  const [part, setPart] = useState<'whole' | 'seen'>('whole')
  const [strength, setStrength] = useState(2)
  const [filtering, setFiltering] = useState<Filtering>({ filter: 'off', place: 30 })
  const preview = usePreview(snapshot, onPreview, { small: false })
  const show = ({ filter, place }: Filtering, edges: number) => {
    preview.show(filter === 'off' ? null : [stepOf(filter, sizeAt(place), edges)])
  }
  const analysed = part === 'seen' ? seen : null
  const looked = useInside(
    (side === 'enhanced' ? sources.enhanced : null) ?? sources.original,
    analysed,
    strength,
  )
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <div className={classes.choices}>
        {sources.enhanced !== null && (
          <Segments
            label={t('of.label')}
            options={(['original', 'enhanced'] as const).map((value) => ({ value, word: t(`of.${value}`) }))}
            chosen={side}
            onChoose={setSide}
          />
        )}
        <Segments
          label={t('part.label')}
          options={(['whole', 'seen'] as const).map((value) => ({ value, word: t(`part.${value}`) }))}
          chosen={part}
          onChoose={setPart}
        />
      </div>
      {looked === 'failed' ? (
        <Notice tone="caution">{t('failed')}</Notice>
      ) : looked ? (
        <FindingsView
          inside={looked}
          size={snapshot}
          calibration={calibration}
          part={analysed}
          strength={strength}
          onStrength={(next) => {
            setStrength(next)
            if (filtering.filter === 'edges') show(filtering, next)
          }}
        />
      ) : (
        <p className={classes.hint} role="status">
          {t('looking')}
        </p>
      )}
      {preview.problem && <Notice tone="caution">{t('failed')}</Notice>}
      <FilterSection
        filtering={filtering}
        onChange={(next) => {
          setFiltering(next)
          show(next, strength)
        }}
      />
    </section>
  )
}
