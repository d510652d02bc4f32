import type { Face } from '#shared/imaging-recognition.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import type { Workers } from '../../processes/serve.ts'
import { openOnce } from '../open-once.ts'
import { findFaces, openFaceDetector } from './find-faces.ts'

export type FaceTasks = {
  /** The surest first; a longer edge of more than 960 pixels finds no more. */
  findFaces: { ask: { picture: Pixels }; answer: Face[] }
}

const detector = openOnce(openFaceDetector)

export const faceWorkers: Workers<FaceTasks> = {
  findFaces: async ({ picture }) => findFaces(await detector(), picture),
}

/** Opens the model and runs it once: the first run of a network takes longer. */
export async function warmUpFaces(): Promise<void> {
  await findFaces(await detector(), { rgb: new Uint8Array(3 * 64 * 64), width: 64, height: 64 })
}
