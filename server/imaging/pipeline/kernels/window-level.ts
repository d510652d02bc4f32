import { saturate } from './rounding.ts'

/** In sample units, as DICOM's Window Center (0028,1050) and Window Width (0028,1051). `width` is at least 1. */
export type Window = { centre: number; width: number }

/**
 * The 256 answers of DICOM's linear window on 8-bit samples, as displayed on 0..255: black up to
 * centre - 0.5 - (width - 1) / 2, white above centre - 0.5 + (width - 1) / 2, a straight line between, halves to the
 * even level. (DICOM PS3.3 C.11.2.1.2.1, VOI LUT Function LINEAR.)
 */
export function windowTable({ centre, width }: Window): Uint8Array {
  const middle = centre - 0.5
  const reach = (width - 1) / 2
  return Uint8Array.from({ length: 256 }, (_, x) => {
    if (x <= middle - reach) return 0
    if (x > middle + reach) return 255
    return saturate(((x - middle) / (width - 1) + 0.5) * 255)
  })
}
