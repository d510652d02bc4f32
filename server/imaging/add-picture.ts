import type { z } from 'zod'
import { SnapshotId } from '#shared/ids.ts'
import type { ConsultId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { mustBeLive } from '../consult/index.ts'
import type { ConsultRow } from '../consult/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { claimKey } from '../platform/idempotency.ts'
import { findSnapshot, snapshotsOfConsult } from '../records/index.ts'
import { keyOfAnother, notFound, tooManyPictures } from './errors.ts'
import { takeIn, type TakingIn } from './take-in.ts'

/** Nobody looks at more in one visit; a script might send them. */
const mostOfConsult = 100
/** The words beside "Send a picture", as shown; a changed text is a new version. */
const consentText = '2026-11-offer'

/**
 * A picture that nobody asked for: the patient offers it, which is kept as their consent, or the doctor adds it. The same
 * key sent again gives the same snapshot.
 * @throws not_found for everyone else, not_admitted, consult_ended, limit_reached, conflict for a key of another picture, and
 *   what takeIn throws
 */
export async function addPicture(
  needs: TakingIn,
  ctx: Context,
  { consultId, idempotencyKey, bytes }: { consultId: ConsultId; idempotencyKey: string; bytes: Buffer },
): Promise<z.input<typeof Snapshot>> {
  const { db, clock, consult } = needs
  const { row, role } = await db.read(mustTakePart)
  return takeIn(needs, ctx, {
    row,
    origin: role === 'practitioner' ? 'doctor' : 'gallery',
    bytes,
    claim: async (tx, id, sha256) => {
      const scope = `picture ${consultId} ${role}`
      const made = await claimKey(tx, clock, { scope, key: idempotencyKey, resultId: id })
      if (made !== null) {
        const earlier = await findSnapshot(tx, SnapshotId.parse(made))
        if (!earlier?.variants.some((form) => form.variant === 'original' && form.sha256 === sha256))
          throw keyOfAnother()
        return earlier.id
      }
      // The visit may have ended while the picture came in.
      await mustTakePart(tx)
      if (role === 'patient')
        await consult.addConsent(tx, ctx, row, { kind: 'snapshot', textVersion: consentText, granted: true })
      return null
    },
  })

  async function mustTakePart(tx: Tx): Promise<{ row: ConsultRow; role: 'patient' | 'practitioner' }> {
    const found = await consult.find(tx, consultId)
    const role = found && consult.roleIn(ctx.actor, found)
    if (!found || !role) throw notFound()
    mustBeLive(found.state)
    if ((await snapshotsOfConsult(tx, consultId)).length >= mostOfConsult) throw tooManyPictures()
    return { row: found, role }
  }
}
