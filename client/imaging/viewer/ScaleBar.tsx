import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../platform/time.ts'
import type { Camera, Scene } from './camera.ts'
import type { Scale } from './geometry.ts'
import classes from './Marks.module.css'
import { scaleBarOf } from './scale-bar.ts'

/** How long something is that is this long. */
export function ScaleBar({ scene, camera, scale }: { scene: Scene; camera: Camera; scale: Scale }) {
  const { t } = useTranslation('viewer')
  const bar = scaleBarOf(scene, camera, scale)
  if (!bar) return null
  const value = formatNumber(bar.millimetres, { maximumSignificantDigits: 1 })
  return (
    <span
      className={classes.scaleBar}
      style={{ width: bar.length }}
      role="img"
      aria-label={t('scaleBar', { value })}
      title={t(scale.by === 'marker' ? 'scaleBarMarker' : 'scaleBarHand')}
      data-testid="scale-bar"
    >
      {t('value.mm', { value })}
    </span>
  )
}
