import type { z } from 'zod'
import type { SnapshotId } from '#shared/ids.ts'
import type { suggestAreas } from '#shared/imaging-proposal.ts'
import type { Context } from '../../platform/context.ts'
import type { ImagingNeeds } from '../needs.ts'
import { answered, samplesOf } from '../samples.ts'
import { faceCard } from '../recognition/faces/find-faces.ts'
import { nameOf } from '../recognition/model-name.ts'
import { detectorCard } from '../recognition/text/cards.ts'
import { areasOver } from './areas.ts'
import { findToRecognise, printEdge } from './picture.ts'

/** Looks for what a de-identified export may have to cover; a person decides. Text is found, not read. */
export async function suggestAreasOf(
  needs: ImagingNeeds,
  ctx: Context,
  snapshotId: SnapshotId,
): Promise<z.input<typeof suggestAreas.reply>> {
  const wish = { snapshotId, action: 'snapshot.areas_suggested' }
  const { snapshot, on } = await findToRecognise(needs, ctx, wish, ['findFaces', 'readText'])
  const picture = await samplesOf(needs, snapshot, printEdge)
  const { recognition } = needs
  const faces = on.includes('findFaces') ? await answered(recognition.run('findFaces', { picture })) : []
  const texts = on.includes('readText') ? await answered(recognition.run('findText', { picture })) : []
  return {
    areas: areasOver(
      faces,
      texts.map(({ corners }) => corners),
    ),
    models: [
      ...(on.includes('findFaces') ? [nameOf(faceCard)] : []),
      ...(on.includes('readText') ? [nameOf(detectorCard)] : []),
    ],
  }
}
