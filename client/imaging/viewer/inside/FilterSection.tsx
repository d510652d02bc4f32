import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../platform/time.ts'
import { SliderField } from '../../enhance/SliderField.tsx'
import { filters, sizeAt, type Filter } from './filters.ts'
import classes from './inside.module.css'
import { Segments } from './Segments.tsx'

/** What is let through: off, or one kind of structure; `place` is where the slider of sizes stands, 0 to 100. */
export interface Filtering {
  readonly filter: Filter | 'off'
  readonly place: number
}

interface FilterSectionProps {
  filtering: Filtering
  onChange: (filtering: Filtering) => void
}

const all = ['off', ...filters] as const

/** One kind of structure alone, on the large picture, while the slider moves. */
export function FilterSection({ filtering, onChange }: FilterSectionProps) {
  const { t } = useTranslation('inside')
  const { filter, place } = filtering
  const size = sizeAt(place)
  return (
    <section className={classes.part}>
      <h3 className={classes.heading}>{t('filter.title')}</h3>
      <Segments
        label={t('filter.title')}
        options={all.map((value) => ({ value, word: t(`filter.${value}`) }))}
        chosen={filter}
        onChoose={(chosen) => {
          onChange({ filter: chosen, place })
        }}
      />
      {filter !== 'off' && filter !== 'edges' && (
        <SliderField
          label={t(`filter.size.${filter}`)}
          value={place}
          said={t('filter.pixels', {
            size: formatNumber(size, { maximumFractionDigits: size < 10 ? 1 : 0 }),
          })}
          min={0}
          max={100}
          by={1}
          onChange={(next) => {
            onChange({ filter, place: next })
          }}
        />
      )}
      <p className={classes.hint}>{t('filter.how')}</p>
    </section>
  )
}
