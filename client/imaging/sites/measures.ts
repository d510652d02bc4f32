import type { Annotation } from '#shared/imaging-viewer.ts'
import type { Size } from '../viewer/camera.ts'
import { measureOf, scaleOf } from '../viewer/geometry.ts'

export interface Measured {
  readonly value: number
  readonly unit: 'px' | 'mm'
}

/** What people measured on one picture, largest first. */
export interface Measures {
  readonly lengths: readonly Measured[]
  readonly areas: readonly Measured[]
}

/** Of rulers and outlines alone: what somebody drew, or kept. */
export function measuresOf(annotations: readonly Annotation[], picture: Size): Measures {
  const shapes = annotations.map(({ shape }) => shape)
  const scale = scaleOf(shapes, picture)
  const lengths: Measured[] = []
  const areas: Measured[] = []
  for (const shape of shapes) {
    const measure = measureOf(shape, picture, scale)
    if (measure?.of === 'length') lengths.push({ value: measure.length, unit: measure.unit })
    else if (measure?.of === 'area') areas.push({ value: measure.area, unit: measure.unit })
  }
  return { lengths: largestFirst(lengths), areas: largestFirst(areas) }
}

/** The course of the largest in millimetres, oldest to newest; pictures without are left out. */
export function courseOf(
  series: readonly { at: number; measured: readonly Measured[] }[],
): { at: number; value: number }[] {
  return series.flatMap(({ at, measured }) => {
    const largest = measured.find(({ unit }) => unit === 'mm')
    return largest ? [{ at, value: largest.value }] : []
  })
}

function largestFirst(measured: readonly Measured[]): Measured[] {
  return measured.toSorted((a, b) => b.value - a.value)
}
