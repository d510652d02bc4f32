import type { z } from 'zod'
import type { SnapshotId } from '#shared/ids.ts'
import type { readTextOf } from '#shared/imaging-proposal.ts'
import type { Context } from '../../platform/context.ts'
import type { ImagingNeeds } from '../needs.ts'
import { answered, samplesOf } from '../samples.ts'
import { nameOf } from '../recognition/model-name.ts'
import { recogniserCard } from '../recognition/text/cards.ts'
import { findToRecognise, printEdge } from './picture.ts'
import { proposalsFrom } from './proposals.ts'

/** Reads a picture and proposes what may go into the chart. Neither the lines nor the proposals are kept or logged. */
export async function readTextOfSnapshot(
  needs: ImagingNeeds,
  ctx: Context,
  snapshotId: SnapshotId,
): Promise<z.input<typeof readTextOf.reply>> {
  const wish = { snapshotId, action: 'snapshot.text_read' }
  const { snapshot } = await findToRecognise(needs, ctx, wish, ['readText'])
  const picture = await samplesOf(needs, snapshot, printEdge)
  const lines = await answered(needs.recognition.run('readText', { picture }))
  const proposals = proposalsFrom(lines, picture.width / picture.height)
  return { lines, proposals, model: nameOf(recogniserCard) }
}
