import type { z } from 'zod'
import { SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import type { SnapshotOrigin } from '#shared/imaging-capture.ts'
import type { ConsultRow } from '../consult/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/ids.ts'
import { addSnapshot, findSnapshot } from '../records/index.ts'
import type { AutomaticPictures } from './automatic.ts'
import type { Descriptions } from './describe.ts'
import { asFact } from './errors.ts'
import type { ImagingNeeds } from './needs.ts'
import type { Accepted } from './pipeline/index.ts'
import { present, presentNew } from './present.ts'

export type TakingIn = ImagingNeeds & { automatic: AutomaticPictures; descriptions: Descriptions }

type Upload = {
  row: ConsultRow
  origin: SnapshotOrigin
  bytes: Buffer
  /** First in the transaction: null when the picture may become this snapshot, or the one that was made of it before. */
  claim: (tx: Tx, id: SnapshotId, sha256: string) => Promise<SnapshotId | null>
}

/**
 * Takes in a picture of a consult: checked and stripped, kept encrypted, in the chart, and on its way through the pipeline
 * before the uploader has the answer.
 * @throws unsupported_media, payload_too_large, image_rejected
 */
export async function takeIn(
  needs: TakingIn,
  ctx: Context,
  { row, origin, bytes, claim }: Upload,
): Promise<z.input<typeof Snapshot>> {
  const { db, clock, consult, blobs, audit, pipeline, automatic, descriptions } = needs
  const accepted = accept(pipeline, bytes)
  const { inspected } = accepted
  const snapshot = {
    id: newId(SnapshotId, clock),
    patientId: row.patientId,
    encounterId: row.encounterId,
    consultId: row.id,
    takenAt: clock.now(),
    origin,
  }
  const original = {
    contentType: inspected.mediaType,
    bytes: accepted.bytes.length,
    width: inspected.width,
    height: inspected.height,
  }
  const enhanced = automatic.begin(accepted.bytes)
  const { key, sha256 } = await blobs.put(accepted.bytes)
  let wanted: Awaited<ReturnType<Descriptions['want']>> = null
  const before = await db.write(async (tx) => {
    const earlier = await claim(tx, snapshot.id, sha256)
    if (earlier) return findSnapshot(tx, earlier)
    await addSnapshot(tx, snapshot, { ...original, blobKey: key, sha256 })
    wanted = await descriptions.want(tx, snapshot.id, row.organizationId)
    audit.append(tx, ctx, {
      action: origin === 'doctor' ? 'snapshot.added' : 'snapshot.captured',
      patientId: row.patientId,
      entity: { kind: 'snapshot', id: snapshot.id },
    })
    return null
  })
  if (before) return present(before, ctx)
  consult.tell(row.id, 'snapshot:captured', { snapshotId: snapshot.id })
  automatic.finish(snapshot, enhanced)
  if (wanted) descriptions.begin(snapshot, accepted.bytes, enhanced)
  return presentNew({ ...snapshot, awaitsContent: wanted === 'guard' }, original)
}

/** Checks and strips, and keeps nothing. @throws unsupported_media, payload_too_large, image_rejected */
export function accept(pipeline: Pick<ImagingNeeds['pipeline'], 'accept'>, bytes: Uint8Array): Accepted {
  try {
    return pipeline.accept(bytes)
  } catch (error) {
    throw asFact(error)
  }
}
