import { clahe } from './clahe.ts'
import { gaussianBlur } from './gaussian.ts'
import type { Picture } from './picture.ts'
import { applyTable, scaleAbsTable } from './scale-abs.ts'
import { unsharp } from './unsharp.ts'

/** One step of a recipe, as `Step` of shared/imaging-recipe.ts has it; parameters were checked there. */
export type PictureStep =
  | { op: 'scaleAbs'; alpha: number; beta: number }
  | { op: 'clahe'; clipLimit: number; tiles: number }
  | { op: 'unsharp'; sigma: number; amount: number; threshold: number }
  | { op: 'gaussian'; sigma: number }

/** Does one step of a recipe on the picture, in place: the same on the server and in the browser. */
export function applyStep(picture: Picture, step: PictureStep): void {
  switch (step.op) {
    case 'scaleAbs':
      return applyTable(picture.rgb(), scaleAbsTable(step.alpha, step.beta))
    case 'clahe':
      return picture.changeLightness((plane, width, height) => clahe(plane, width, height, step))
    case 'unsharp':
      return picture.changeLightness((plane, width, height) => unsharp(plane, width, height, step))
    case 'gaussian':
      return picture.changeChannels((plane, width, height) => gaussianBlur(plane, width, height, step.sigma))
  }
}
