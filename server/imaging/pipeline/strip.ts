import type { Removed } from './containers/container.ts'
import { describe, open, type Inspected } from './sniff.ts'

/** A file that holds the picture and nothing that tells of its maker or place. */
export type Stripped = { bytes: Buffer; inspected: Inspected; removed: Removed[] }

/**
 * Removes EXIF, GPS, XMP, IPTC, comments, previews and trailers without touching a coded pixel. A valid colour profile
 * stays. Orientation stays as the only EXIF tag, so that the immutable original is upright in every viewer, and is
 * given in `inspected` as well. Stripping twice gives the same bytes as stripping once.
 * @throws ImageRejected as `inspect` does.
 */
export function strip(bytes: Uint8Array): Stripped {
  const container = open(bytes)
  const stripped = Buffer.concat(container.kept)
  return { bytes: stripped, inspected: describe(container, stripped.length), removed: container.removed }
}
