import { useTranslation } from 'react-i18next'
import type { RegistrationFacts } from '#shared/imaging-compare.ts'
import { formatNumber } from '../../platform/time.ts'
import { StatusWord } from '../../ui/index.ts'
import classes from './compare.module.css'

interface ConfidenceProps {
  confidence: 'good' | 'fair'
  facts: RegistrationFacts
  method: { name: string; version: string }
}

/** The way of matching that we have words for. */
const akaze = 'AKAZE-RANSAC'

/** How far the match is to be believed: a word, and what was counted and measured for it. */
export function Confidence({ confidence, facts, method }: ConfidenceProps) {
  const { t } = useTranslation('history')
  const { matches, inliers } = facts
  return (
    <div className={classes.confidence}>
      <p className={classes.verdict}>
        <StatusWord tone={confidence === 'good' ? 'good' : 'caution'}>
          {t(`compare.confidence.${confidence}`)}
        </StatusWord>
        {t('compare.notice')}
      </p>
      <details className={classes.details}>
        <summary>{t('compare.facts.show')}</summary>
        <ul className={classes.facts}>
          <li>{t('compare.facts.places', { inliers, matches, share: percent(facts.inlierShare) })}</li>
          <li>{t('compare.facts.spread', { spread: percent(facts.spread) })}</li>
          <li>{t('compare.facts.overlap', { overlap: percent(facts.overlap) })}</li>
          <li>{t('compare.facts.residual', { residual: percent(facts.residual, 2) })}</li>
          <li>{t('compare.facts.likeness', { likeness: percent(Math.max(0, facts.likeness)) })}</li>
          <li>
            {t('compare.facts.method', {
              name: method.name === akaze ? t(`compare.method.${akaze}`) : method.name,
              version: method.version,
            })}
          </li>
        </ul>
      </details>
    </div>
  )
}

function percent(share: number, maximumFractionDigits = 0): string {
  return formatNumber(share, { style: 'percent', maximumFractionDigits })
}
