import { useTranslation } from 'react-i18next'
import type { Scale } from '#kernels/measure.ts'
import type { PictureRect } from '#shared/imaging-viewer.ts'
import { inSentences } from '../../../platform/lists.ts'
import { formatNumber } from '../../../platform/time.ts'
import { SliderField } from '../../enhance/SliderField.tsx'
import { Bitmap } from './Bitmap.tsx'
import type { Size } from '../camera.ts'
import { boxHeight, histogramPaths } from './histogram-paths.ts'
import classes from './inside.module.css'
import { periodOf } from './period.ts'
import type { Inside } from './protocol.ts'

interface FindingsViewProps {
  inside: Inside
  /** The original's. */
  size: Size
  /** Null: it is not calibrated. */
  calibration: Scale | null
  /** The part of it that was analysed. */
  part: PictureRect | null
  strength: number
  onStrength: (strength: number) => void
}

/** Less than this is not worth a word. */
const worthSaying = 0.005

/** Levels, frequencies and edges of a picture, each with what it shows in plain words. */
export function FindingsView(props: FindingsViewProps) {
  const { t } = useTranslation('inside')
  const { inside, strength, onStrength } = props
  const { spectrum, edges, histograms, findings, width, height, ms } = inside
  const { sharp, blackShare, whiteShare, pattern } = findings
  const { luma, red, green, blue } = histograms
  const [lumaPath, redPath, greenPath, bluePath] = histogramPaths([luma, red, green, blue])
  const percent = (share: number) =>
    formatNumber(share, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 })
  const period = periodWords()
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
        <p className={classes.finding}>{levels.length > 0 ? inSentences(...levels) : t('levels.none')}</p>
        <p className={classes.hint}>{t('levels.how')}</p>
      </section>
      <section className={classes.part}>
        <h3 className={classes.heading}>{t('spectrum.title')}</h3>
        <Bitmap picture={spectrum} label={t('spectrum.picture')} className={classes.spectrum} />
        <p className={classes.finding}>
          {inSentences(
            sharp ? t('spectrum.sharp') : t('spectrum.soft'),
            period === null ? t('spectrum.noPattern') : t('spectrum.pattern', { period }),
          )}
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

  function periodWords(): string | null {
    if (!pattern) return null
    const { size, calibration, part } = props
    const { x, y, width: share, height: shareDown } = part ?? { x: 0, y: 0, width: 1, height: 1 }
    const { px, mm } = periodOf(pattern, {
      perPixel: size.width / inside.sourceWidth / inside.scale,
      scale: calibration,
      middle: { x: (x + share / 2) * size.width, y: (y + shareDown / 2) * size.height },
    })
    const pixels = formatNumber(px, { maximumFractionDigits: 1 })
    if (mm === null) return t('spectrum.period.px', { pixels })
    return t('spectrum.period.mm', { pixels, mm: formatNumber(mm, { maximumSignificantDigits: 2 }) })
  }
}
