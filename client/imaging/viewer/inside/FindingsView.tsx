import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../platform/time.ts'
import { SliderField } from '../../enhance/SliderField.tsx'
import { Bitmap } from './Bitmap.tsx'
import { boxHeight, histogramPaths } from './histogram-paths.ts'
import classes from './inside.module.css'
import type { Inside } from './protocol.ts'

interface FindingsViewProps {
  inside: Inside
  strength: number
  onStrength: (strength: number) => void
}

/** Less than this is not worth a word. */
const worthSaying = 0.005

/** Levels, frequencies and edges of a picture, each with what it shows in plain words. */
export function FindingsView({ inside, strength, onStrength }: FindingsViewProps) {
  const { t } = useTranslation('inside')
  const { spectrum, edges, histograms, findings, width, height, scale, ms } = inside
  const { sharp, blackShare, whiteShare, pattern } = findings
  const { luma, red, green, blue } = histograms
  const [lumaPath, redPath, greenPath, bluePath] = histogramPaths([luma, red, green, blue])
  const percent = (share: number) =>
    formatNumber(share, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 })
  const levels = [
    ...(blackShare >= worthSaying ? [t('levels.black', { share: percent(blackShare) })] : []),
    ...(whiteShare >= worthSaying ? [t('levels.white', { share: percent(whiteShare) })] : []),
  ]
  return (
    <>
      <section className={classes.part}>
        <h3 className={classes.heading}>{t('levels.title')}</h3>
        <svg
          className={classes.histogram}
          viewBox={`0 0 255 ${boxHeight}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('levels.picture')}
        >
          <path className={classes.luma} d={lumaPath} />
          <path className={classes.red} d={redPath} />
          <path className={classes.green} d={greenPath} />
          <path className={classes.blue} d={bluePath} />
        </svg>
        <p className={classes.axis} aria-hidden>
          <span>{t('levels.dark')}</span>
          <span>{t('levels.bright')}</span>
        </p>
        <p className={classes.finding}>{levels.length > 0 ? levels.join(' ') : t('levels.none')}</p>
        <p className={classes.hint}>{t('levels.how')}</p>
      </section>
      <section className={classes.part}>
        <h3 className={classes.heading}>{t('spectrum.title')}</h3>
        <Bitmap picture={spectrum} label={t('spectrum.picture')} className={classes.spectrum} />
        <p className={classes.finding}>
          {sharp ? t('spectrum.sharp') : t('spectrum.soft')}{' '}
          {pattern
            ? t('spectrum.pattern', {
                period: formatNumber(pattern.period / scale, { maximumFractionDigits: 1 }),
              })
            : t('spectrum.noPattern')}
        </p>
        <p className={classes.hint}>{t('spectrum.how')}</p>
      </section>
      <section className={classes.part}>
        <h3 className={classes.heading}>{t('edges.title')}</h3>
        <Bitmap picture={edges} label={t('edges.picture')} className={classes.edges} />
        <SliderField
          label={t('edges.strength')}
          value={strength}
          min={0.5}
          max={8}
          by={0.5}
          onChange={onStrength}
        />
        <p className={classes.hint}>{t('edges.how')}</p>
      </section>
      <p className={classes.took} data-ms={ms} data-testid="inside-took">
        {t('took', { width, height, ms: formatNumber(ms, { maximumFractionDigits: 0 }) })}
      </p>
    </>
  )
}
