/** Below this many pairs no movement is looked for. */
export const leastPairs = 8

/**
 * What must be reached, each of them, for the picture to be laid over at all ("fair"), and to be called "good". Few places
 * are enough to begin with, because all that lies between them is then compared (`likeness`, `spread`): a wrong movement
 * does not survive that. Set on drawn pictures, re-posed and different ones (registration.int.test.ts says how they fare).
 */
export const floors = {
  fair: { inliers: 10, inlierShare: 0.3, spread: 0.25, overlap: 0.25, likeness: 0.5, residualPixels: 2.5 },
  good: { inliers: 40, inlierShare: 0.5, spread: 0.5, overlap: 0.5, likeness: 0.8, residualPixels: 1.5 },
} as const

/** How much larger or smaller the same thing may be, as a length. */
export const scaleRange = { least: 0.3, most: 3 } as const

/** How much shorter the far side of a picture may be than the near one. */
export const mostForeshortened = 2.5
