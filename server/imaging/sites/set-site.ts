import type { z } from 'zod'
import type { SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import type { BodySite } from '#shared/imaging-site.ts'
import type { Context } from '../../platform/context.ts'
import { findSnapshot, setSite as keepSite } from '../../records/index.ts'
import { notFound } from '../errors.ts'
import type { ImagingNeeds } from '../needs.ts'
import { mayEnhance } from '../policy.ts'
import { present } from '../present.ts'

/** Says where on the body a picture is from, or takes it back. @throws not_found */
export async function setSite(
  needs: ImagingNeeds,
  ctx: Context,
  { snapshotId, site }: { snapshotId: SnapshotId; site: BodySite | null },
): Promise<z.input<typeof Snapshot>> {
  const { db, audit } = needs
  const entity = { kind: 'snapshot', id: snapshotId }
  const { snapshot, may } = await db.write(async (tx) => {
    const found = await findSnapshot(tx, snapshotId)
    if (!found || !(await mayEnhance(needs, tx, ctx, found))) return { snapshot: found, may: false }
    await keepSite(tx, snapshotId, site)
    const action = site ? 'snapshot.site_set' : 'snapshot.site_removed'
    audit.append(tx, ctx, { action, patientId: found.patientId, entity })
    return { snapshot: await findSnapshot(tx, snapshotId), may: true }
  })
  if (snapshot && may) return present(snapshot, ctx)
  const patientId = snapshot?.patientId ?? null
  await audit.record(ctx, { action: 'snapshot.site_set', outcome: 'refused', patientId, entity })
  throw notFound()
}
