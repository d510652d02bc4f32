import type { PictureType } from '#shared/imaging-content.ts'
import * as body from './body.ts'
import { meter, monitor, thermometer } from './devices.ts'
import * as others from './others.ts'
import { form, letter, slip } from './papers.ts'
import type { Random } from './random.ts'
import { chest, lightBox, limb } from './xrays.ts'

type Draw = (random: Random) => string

/** What is drawn for each type. A held-out style is never shown to what is taught: it is another way to be of that type. */
export const styles: Readonly<Record<PictureType, { taught: readonly Draw[]; heldOut: readonly Draw[] }>> = {
  skin: { taught: [body.skinClose, body.skinLimb], heldOut: [body.skinHand] },
  eye: { taught: [body.eyeClose, body.eyesBoth], heldOut: [body.eyeHeld] },
  throat: { taught: [body.throatMouth, body.throatDeep], heldOut: [body.throatSpatula] },
  wound: { taught: [body.woundOpen, body.woundCut], heldOut: [body.woundDressed] },
  document: { taught: [letter, form], heldOut: [slip] },
  device: { taught: [thermometer, monitor], heldOut: [meter] },
  xray: { taught: [chest, limb], heldOut: [lightBox] },
  other: {
    taught: [others.landscape, others.room, others.person, others.plain, others.stillLife],
    heldOut: [others.street],
  },
}
