/**
 * What becomes of samples above the level and of the others: `binary` 255 and 0, `inverse` 0 and 255, `truncate` the
 * level and themselves, `toZero` themselves and 0.
 */
export type ThresholdKind = 'binary' | 'inverse' | 'truncate' | 'toZero'

export type ThresholdOptions = { level: number; kind: ThresholdKind }

/**
 * The 256 answers of a threshold on 8-bit samples. `level` is a whole number 0..255; only samples above it count as
 * above. Equal to OpenCV's threshold(plane, level, 255, THRESH_BINARY, _BINARY_INV, _TRUNC or _TOZERO).
 */
export function thresholdTable({ level, kind }: ThresholdOptions): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, x) => {
    const above = x > level
    switch (kind) {
      case 'binary':
        return above ? 255 : 0
      case 'inverse':
        return above ? 0 : 255
      case 'truncate':
        return above ? level : x
      case 'toZero':
        return above ? x : 0
    }
  })
}
