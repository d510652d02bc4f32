import { useTranslation } from 'react-i18next'
import type { AnnotationShape } from '#shared/imaging-viewer.ts'
import { formatNumber } from '../../platform/time.ts'
import type { Size } from './camera.ts'
import { measureOf, type Scale } from './geometry.ts'

/** What stands beside a shape: its number or its text. Empty for what only points. */
export function useMarkWords(): (shape: AnnotationShape, size: Size, scale: Scale | null) => string {
  const { t } = useTranslation('viewer')
  return (shape, size, scale) => {
    if (shape.kind === 'text') return shape.text
    const measure = measureOf(shape, size, scale)
    switch (measure?.of) {
      case 'length':
        return t(`value.${measure.unit}`, { value: exact(measure.length, measure.unit) })
      case 'area':
        return t(`value.area.${measure.unit}`, {
          area: exact(measure.area, measure.unit),
          perimeter: exact(measure.perimeter, measure.unit),
        })
      case 'angle':
        return t('value.angle', { value: formatNumber(measure.degrees, { maximumFractionDigits: 1 }) })
      case 'calibration':
        return t(measure.by === 'marker' ? 'value.marker' : 'value.calibration', {
          value: formatNumber(measure.millimetres, { maximumFractionDigits: 1 }),
        })
      case undefined:
        return ''
    }
  }
}

/** A hand on a screen is not more exact than this. */
function exact(value: number, unit: 'px' | 'mm'): string {
  return formatNumber(value, { maximumFractionDigits: unit === 'px' ? 0 : 1 })
}
