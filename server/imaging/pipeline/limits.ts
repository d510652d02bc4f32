/** Largest upload that is looked at. A 12-megapixel JPEG at quality 95 has about 6 MB. */
export const maxBytes = 15 * 1024 * 1024

/** Largest picture that is decoded, in pixels of the stored grid. */
export const maxPixels = 50_000_000

/** Longest edge that is decoded; WebP cannot say more than this either. */
export const maxEdge = 16_384

/** A colour profile is a few kilobytes; printers' profiles reach two megabytes. */
export const maxProfileBytes = 4 * 1024 * 1024

/** A progressive JPEG with a few bytes per scan costs a pass over the whole picture for each of them. */
export const maxScans = 100

/** Containers made of very many tiny pieces only occur in attacks. */
export const maxPieces = 20_000
