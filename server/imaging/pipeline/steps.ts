import { clahe } from './kernels/clahe.ts'
import { applyTable, scaleAbsTable } from './kernels/scale-abs.ts'
import { unsharp } from './kernels/unsharp.ts'
import type { Picture } from './picture.ts'
import type { Step } from './recipe.ts'

/** Does one step of a recipe on the picture. */
export function applyStep(picture: Picture, step: Step): void {
  switch (step.op) {
    case 'scaleAbs':
      return applyTable(picture.rgb(), scaleAbsTable(step.alpha, step.beta))
    case 'clahe':
      return picture.changeLightness((plane, width, height) => clahe(plane, width, height, step))
    case 'unsharp':
      return picture.changeLightness((plane, width, height) => unsharp(plane, width, height, step))
  }
}
