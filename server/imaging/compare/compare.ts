import type { z } from 'zod'
import { DomainError } from '#shared/errors.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { compareSnapshot } from '#shared/imaging-compare.ts'
import type { Context } from '../../platform/context.ts'
import { findSnapshot } from '../../records/index.ts'
import { notFound } from '../errors.ts'
import type { ImagingNeeds } from '../needs.ts'
import { mayEnhance } from '../policy.ts'
import { answered, samplesOf } from '../samples.ts'

type Asked = { snapshotId: SnapshotId; earlierId: SnapshotId }

/** AKAZE and a RANSAC homography, refined by least squares. The version changes whenever the same pictures may come out otherwise. */
const method = { name: 'AKAZE-RANSAC', version: '1' }
/** As much as is looked at. */
const longerEdge = 1024

/**
 * Says how an earlier picture of the same patient lies on a later one. Nothing is kept: the same pictures give the same answer.
 * @throws not_found, forbidden {reason: switched_off}, conflict {reason: not_earlier}, busy, unavailable
 */
export async function compare(
  needs: ImagingNeeds,
  ctx: Context,
  { snapshotId, earlierId }: Asked,
): Promise<z.input<typeof compareSnapshot.reply>> {
  const { later, earlier } = await findBoth(needs, ctx, { snapshotId, earlierId })
  const [first, second] = await Promise.all([
    samplesOf(needs, earlier, longerEdge),
    samplesOf(needs, later, longerEdge),
  ])
  return { registration: await answered(needs.recognition.run('registration', { first, second })), method }
}

/** Both, when the practitioner may see both and the clinic has it switched on; every attempt is in the audit trail. */
async function findBoth(needs: ImagingNeeds, ctx: Context, { snapshotId, earlierId }: Asked) {
  const { db, audit, switches } = needs
  const { later, earlier, may } = await db.read(async (tx) => {
    const found = { later: await findSnapshot(tx, snapshotId), earlier: await findSnapshot(tx, earlierId) }
    for (const row of [found.later, found.earlier])
      if (!row || !(await mayEnhance(needs, tx, ctx, row))) return { ...found, may: false }
    if (found.later?.patientId !== found.earlier?.patientId) return { ...found, may: false }
    await switches.require(tx, ctx, 'compare')
    return { ...found, may: true }
  })
  for (const [id, row] of [
    [snapshotId, later],
    [earlierId, earlier],
  ] as const)
    await audit.record(ctx, {
      action: 'snapshot.compared',
      outcome: may ? 'success' : 'refused',
      patientId: row?.patientId ?? null,
      entity: { kind: 'snapshot', id },
    })
  if (!later || !earlier || !may) throw notFound()
  if (earlier.id === later.id || earlier.takenAt > later.takenAt)
    throw new DomainError('conflict', { reason: 'not_earlier' })
  return { later, earlier }
}
