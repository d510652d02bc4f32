import type { SnapshotId } from '#shared/ids.ts'
import type { OutlineProposal, OutlineSeed } from '#shared/imaging-outline.ts'
import type { Context } from '../../platform/context.ts'
import { findSnapshot } from '../../records/index.ts'
import type { SnapshotWithVariants } from '../../records/index.ts'
import { asFact, notFound } from '../errors.ts'
import type { ImagingNeeds } from '../needs.ts'
import { mayEnhance } from '../policy.ts'

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
  const { audit, blobs, pipeline, recognition } = needs
  const snapshot = await findToOutline(needs, ctx, snapshotId)
  await audit.record(ctx, { action: 'outline.proposed', patientId: snapshot.patientId, entity: { kind: 'snapshot', id: snapshotId } }) // prettier-ignore
  const original = snapshot.variants.find(({ variant }) => variant === 'original')
  if (!original) throw new Error('a snapshot without its original')
  try {
    const picture = await pipeline.pixels(await blobs.get(original.blobKey), edgeFor(seed))
    return await recognition.run('outline', { picture, seed })
  } catch (error) {
    throw asFact(error)
  }
}

function edgeFor({ box }: OutlineSeed): number {
  const wanted = box ? boxEdge / Math.max(box.width, box.height) : mostEdge
  return Math.round(Math.min(mostEdge, Math.max(leastEdge, wanted)))
}

async function findToOutline(
  needs: ImagingNeeds,
  ctx: Context,
  id: SnapshotId,
): Promise<SnapshotWithVariants> {
  const { snapshot, may } = await needs.db.read(async (tx) => {
    const found = await findSnapshot(tx, id)
    const allowed = found !== null && (await mayEnhance(needs, tx, ctx, found))
    if (allowed) await needs.switches.require(tx, ctx, 'outline')
    return { snapshot: found, may: allowed }
  })
  if (snapshot && may) return snapshot
  await needs.audit.record(ctx, {
    action: 'outline.proposed',
    outcome: 'refused',
    patientId: snapshot?.patientId ?? null,
    entity: { kind: 'snapshot', id },
  })
  throw notFound()
}
