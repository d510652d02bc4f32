import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../platform/time.ts'
import type { Camera, Scene } from './camera.ts'
import type { Scale } from './geometry.ts'
import classes from './Marks.module.css'
import { scaleBarOf } from './scale-bar.ts'

/** How long something is that is this long; pressed, it says how that is known, as there is no hovering with a finger. */
export function ScaleBar({ scene, camera, scale }: { scene: Scene; camera: Camera; scale: Scale }) {
  const { t } = useTranslation('viewer')
  const [told, setTold] = useState(false)
  const bar = scaleBarOf(scene, camera, scale)
  if (!bar) return null
  const value = formatNumber(bar.millimetres, { maximumSignificantDigits: 1 })
  const source = t(scale.by === 'marker' ? 'scaleBarMarker' : 'scaleBarHand')
  return (
    <>
      <button
        type="button"
        className={classes.scaleBar}
        style={{ width: bar.length }}
        aria-label={t('scaleBar', { value })}
        aria-expanded={told}
        title={source}
        data-testid="scale-bar"
        // To the stage around it, a press begins a stroke.
        onPointerDown={(event) => {
          event.stopPropagation()
        }}
        onDoubleClick={(event) => {
          event.stopPropagation()
        }}
        onClick={() => {
          setTold(!told)
        }}
        onBlur={() => {
          setTold(false)
        }}
      >
        {t('value.mm', { value })}
      </button>
      <span className={classes.scaleSource} role="status">
        {told && source}
      </span>
    </>
  )
}
