import type { z } from 'zod'
import { SnapshotId } from '#shared/ids.ts'
import type { ConsultId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { mustBeLive } from '../consult/index.ts'
import type { ConsultRow } from '../consult/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { claimKey, madeByKey } from '../platform/idempotency.ts'
import { findSnapshot } from '../records/index.ts'
import { keyOfAnother, notFound } from './errors.ts'
import { mustHaveRoom } from './room.ts'
import { takeIn, type TakingIn } from './take-in.ts'

/** The words beside "Send a picture", as shown; a changed text is a new version. */
const consentText = '2026-11-offer'

type Role = 'patient' | 'practitioner'

/**
 * A picture that nobody asked for: the patient offers it, which is kept as their consent, or the doctor adds it. The same
 * key sent again gives the same snapshot.
 * @throws not_found for everyone else, not_admitted, consult_ended, pictures_full, conflict for a key of another picture, and
 *   what takeIn throws
 */
export async function addPicture(
  needs: TakingIn,
  ctx: Context,
  { consultId, idempotencyKey: key, bytes }: { consultId: ConsultId; idempotencyKey: string; bytes: Buffer },
): Promise<z.input<typeof Snapshot>> {
  const { db, clock, consult } = needs
  const { row, role } = await db.read(async (tx) => {
    const part = await findPart(tx)
    // What was sent before is answered as before, though the visit be over or full by now.
    if ((await madeByKey(tx, { scope: scopeOf(part.role), key })) === null) await mustBeWelcome(tx, part.row)
    return part
  })
  return takeIn(needs, ctx, {
    row,
    origin: role === 'practitioner' ? 'doctor' : 'gallery',
    bytes,
    claim: async (tx, id, sha256) => {
      const made = await claimKey(tx, clock, { scope: scopeOf(role), key, resultId: id })
      if (made !== null) {
        const earlier = await findSnapshot(tx, SnapshotId.parse(made))
        if (!earlier?.variants.some((form) => form.variant === 'original' && form.sha256 === sha256))
          throw keyOfAnother()
        return earlier.id
      }
      // The visit may have ended while the picture came in.
      await mustBeWelcome(tx, (await findPart(tx)).row)
      if (role === 'patient')
        await consult.addConsent(tx, ctx, row, { kind: 'snapshot', textVersion: consentText, granted: true })
      return null
    },
  })

  function scopeOf(who: Role): string {
    return `picture ${consultId} ${who}`
  }

  async function findPart(tx: Tx): Promise<{ row: ConsultRow; role: Role }> {
    const found = await consult.find(tx, consultId)
    const as = found && consult.roleIn(ctx.actor, found)
    if (!found || !as) throw notFound()
    return { row: found, role: as }
  }

  async function mustBeWelcome(tx: Tx, { id, state }: ConsultRow): Promise<void> {
    mustBeLive(state)
    await mustHaveRoom(tx, id, bytes.length)
  }
}
