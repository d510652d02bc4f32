import { adaptiveThreshold, type AdaptiveThresholdOptions } from './adaptive-threshold.ts'
import { bilateral, type BilateralOptions } from './bilateral.ts'
import { clahe } from './clahe.ts'
import { frequencyFilter, wienerDeblur, type RollOff, type WienerOptions } from './frequency.ts'
import { gammaTable } from './gamma.ts'
import { gaussianBlur } from './gaussian.ts'
import { absoluteView, laplacian, type LaplacianOptions } from './laplacian.ts'
import { median, type MedianOptions } from './median.ts'
import { morphology, type MorphologyOptions } from './morphology.ts'
import { otsuLevel } from './otsu.ts'
import type { Picture } from './picture.ts'
import { applyTable, scaleAbsTable } from './scale-abs.ts'
import { thresholdTable, type ThresholdKind, type ThresholdOptions } from './threshold.ts'
import { unsharp, type UnsharpOptions } from './unsharp.ts'
import { balance, balanceGains, type Gains, type Patch } from './white-balance.ts'
import { windowTable, type Window } from './window-level.ts'

/** One step of a recipe, as `Step` of shared/imaging-recipe.ts has it; parameters were checked there. */
export type PictureStep =
  | { op: 'scaleAbs'; alpha: number; beta: number }
  | { op: 'gamma'; gamma: number }
  | ({ op: 'window' } & Window)
  | { op: 'whiteBalance'; patch: Patch }
  | ({ op: 'colourGains' } & Gains)
  | { op: 'grey' }
  | { op: 'clahe'; clipLimit: number; tiles: number }
  | ({ op: 'unsharp' } & UnsharpOptions)
  | { op: 'gaussian'; sigma: number }
  | ({ op: 'median' } & MedianOptions)
  | ({ op: 'bilateral' } & BilateralOptions)
  | ({ op: 'laplacian'; scale: number } & LaplacianOptions)
  | ({ op: 'threshold' } & ThresholdOptions)
  | { op: 'otsu'; kind: ThresholdKind }
  | ({ op: 'adaptiveThreshold' } & AdaptiveThresholdOptions)
  | ({ op: 'morphology' } & MorphologyOptions)
  | ({ op: 'lowPass' | 'highPass'; cutoff: number } & FallOff)
  | ({ op: 'bandPass'; from: number; to: number } & FallOff)
  | ({ op: 'wiener' } & WienerOptions)

/** `order` counts for `butterworth` alone. */
type FallOff = { shape: RollOff['shape']; order: number }

/**
 * Does one step of a recipe on the picture, in place: the same on the server and in the browser.
 * @throws NothingToBalance by the patch of `whiteBalance`
 */
export function applyStep(picture: Picture, step: PictureStep): void {
  switch (step.op) {
    case 'scaleAbs':
      return applyTable(picture.rgb(), scaleAbsTable(step.alpha, step.beta))
    case 'gamma':
      return applyTable(picture.rgb(), gammaTable(step.gamma))
    case 'window':
      return applyTable(picture.rgb(), windowTable(step))
    case 'whiteBalance':
      return balanceBy(picture, step.patch)
    case 'colourGains':
      return picture.change((rgb) => balance(rgb, step))
    case 'grey':
      return picture.becomeGrey((plane) => plane)
    case 'clahe':
      return picture.changeLightness((plane, width, height) => clahe(plane, width, height, step))
    case 'unsharp':
      return picture.changeLightness((plane, width, height) => unsharp(plane, width, height, step))
    case 'gaussian':
      return picture.changeChannels((plane, width, height) => gaussianBlur(plane, width, height, step.sigma))
    case 'median':
      return picture.changeChannels((plane, width, height) => median(plane, width, height, step))
    case 'bilateral':
      return picture.change((rgb, width, height) => bilateral(rgb, width, height, step))
    case 'laplacian':
      return picture.becomeGrey((plane, width, height) =>
        absoluteView(laplacian(plane, width, height, step), step.scale),
      )
    case 'threshold':
      return picture.becomeGrey((plane) => lookedUp(plane, thresholdTable(step)))
    case 'otsu':
      return picture.becomeGrey((plane) =>
        lookedUp(plane, thresholdTable({ level: otsuLevel(plane), kind: step.kind })),
      )
    case 'adaptiveThreshold':
      return picture.becomeGrey((plane, width, height) => adaptiveThreshold(plane, width, height, step))
    case 'morphology':
      return picture.becomeGrey((plane, width, height) => morphology(plane, width, height, step))
    case 'lowPass':
      return picture.changeLightness((plane, width, height) =>
        frequencyFilter(plane, width, height, { pass: 'low', cutoff: step.cutoff, ...rollOff(step) }),
      )
    case 'highPass':
      return picture.becomeGrey((plane, width, height) =>
        frequencyFilter(plane, width, height, { pass: 'high', cutoff: step.cutoff, ...rollOff(step) }),
      )
    case 'bandPass':
      return picture.becomeGrey((plane, width, height) =>
        frequencyFilter(plane, width, height, {
          pass: 'band',
          from: step.from,
          to: step.to,
          ...rollOff(step),
        }),
      )
    case 'wiener':
      return picture.changeLightness((plane, width, height) => wienerDeblur(plane, width, height, step))
  }
}

/** The patch is in shares of the picture, so that it means the same place at every size. */
function balanceBy(picture: Picture, patch: Patch): void {
  picture.change((rgb, width, height) => {
    const left = Math.min(width - 1, Math.floor(patch.left * width))
    const top = Math.min(height - 1, Math.floor(patch.top * height))
    const pixels = {
      left,
      top,
      width: Math.max(1, Math.min(width - left, Math.round(patch.width * width))),
      height: Math.max(1, Math.min(height - top, Math.round(patch.height * height))),
    }
    return balance(rgb, balanceGains(rgb, width, height, { patch: pixels }))
  })
}

function rollOff({ shape, order }: FallOff): RollOff {
  return shape === 'butterworth' ? { shape, order } : { shape }
}

function lookedUp(plane: Uint8Array, table: Uint8Array): Uint8Array {
  applyTable(plane, table)
  return plane
}
