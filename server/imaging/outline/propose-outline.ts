import type { SnapshotId } from '#shared/ids.ts'
import type { OutlineProposal, OutlineSeed } from '#shared/imaging-outline.ts'
import type { Context } from '../../platform/context.ts'
import { findTreated } from '../find-treated.ts'
import type { ImagingNeeds } from '../needs.ts'
import { answered, samplesOf } from '../samples.ts'

type Wish = { snapshotId: SnapshotId; seed: OutlineSeed }

/** So large that a mole in a picture of a back has pixels enough, and no larger: all of them go through two processes. */
const mostEdge = 2400
const leastEdge = 1024
/** As many pixels as a box may well have, which is what the method looks at. */
const boxEdge = 420

/** The computer outlines something on an original; kept is only what the doctor keeps of it, that it was asked is in the audit. */
export async function proposeOutline(
  needs: ImagingNeeds,
  ctx: Context,
  { snapshotId, seed }: Wish,
): Promise<OutlineProposal> {
  const { audit, recognition, switches } = needs
  const wish = { snapshotId, action: 'outline.proposed' }
  const snapshot = await findTreated(needs, ctx, wish, (tx) => switches.require(tx, ctx, 'outline'))
  await audit.record(ctx, { action: 'outline.proposed', patientId: snapshot.patientId, entity: { kind: 'snapshot', id: snapshotId } }) // prettier-ignore
  const picture = await samplesOf(needs, snapshot, edgeFor(seed))
  return answered(recognition.run('outline', { picture, seed }))
}

function edgeFor({ box }: OutlineSeed): number {
  const wanted = box ? boxEdge / Math.max(box.width, box.height) : mostEdge
  return Math.round(Math.min(mostEdge, Math.max(leastEdge, wanted)))
}
