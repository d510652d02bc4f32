import type { z } from 'zod'
import { SnapshotId } from '#shared/ids.ts'
import type { ConsultId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import { mustBeLive } from '../consult/index.ts'
import type { ConsultRow } from '../consult/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { claimKey, madeByKey } from '../platform/idempotency.ts'
import { findSnapshot, type SnapshotWithVariants } from '../records/index.ts'
import { keyOfAnother, notFound } from './errors.ts'
import { present } from './present.ts'
import { mustHaveRoom } from './room.ts'
import { accept, takeIn, type TakingIn } from './take-in.ts'

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
  const { db, clock, consult, pipeline } = needs
  const { row, role, made, earlier } = await db.read(async (tx) => {
    const part = await findPart(tx)
    const id = await madeByKey(tx, { scope: scopeOf(part.role), key })
    if (id === null) await mustBeWelcome(tx, part.row)
    return { ...part, made: id, earlier: id === null ? null : await findSnapshot(tx, SnapshotId.parse(id)) }
  })
  if (made !== null) {
    // What was sent before is answered as before, though the visit be over or full by now; so nothing of it is kept anew.
    const { sha256 } = accept(pipeline, bytes)
    if (!earlier || !isMadeOf(earlier, sha256)) throw keyOfAnother()
    return present(earlier, ctx)
  }
  return takeIn(needs, ctx, {
    row,
    origin: role === 'practitioner' ? 'doctor' : 'gallery',
    bytes,
    claim: async (tx, id, sha256) => {
      const first = await claimKey(tx, clock, { scope: scopeOf(role), key, resultId: id })
      if (first !== null) {
        // Two with one key came in at once.
        const winner = await findSnapshot(tx, SnapshotId.parse(first))
        if (!winner || !isMadeOf(winner, sha256)) throw keyOfAnother()
        return winner.id
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

function isMadeOf({ variants }: SnapshotWithVariants, sha256: string): boolean {
  return variants.some((form) => form.variant === 'original' && form.sha256 === sha256)
}
