import { readFile } from 'node:fs/promises'
import type { PatientId } from '#shared/ids.ts'
import type { Context } from '../platform/context.ts'
import { earlierPictures, pastVisits, sayWhere, visitAfter } from './demo.store.ts'
import type { DemoNeeds } from './needs.ts'

/** Painted by scripts/demo-pictures.ts; nobody's leg. In the order of the visits. */
const files = ['first', 'second', 'third'].map(
  (visit) => new URL(`pictures/lower-leg-${visit}.jpg`, import.meta.url),
)

/**
 * Gives a patient a wound that healed over the last visits, to measure and to compare. Goes on where a server that was
 * stopped midway left off, and leaves alone what is there.
 */
export async function addEarlierPictures(
  { db, keepEarlierPicture }: Pick<DemoNeeds, 'db' | 'keepEarlierPicture'>,
  ctx: Context,
  patientId: PatientId,
): Promise<void> {
  for (const [n, file] of files.entries()) {
    const kept = await db.read((tx) => earlierPictures(tx, patientId))
    const [last, same] = [kept.at(-1), kept[n]]
    if (same?.siteCode) continue
    const add = async () => {
      const visit = await db.read(async (tx) =>
        last
          ? visitAfter(tx, patientId, last.takenAt)
          : (await pastVisits(tx, patientId, files.length)).at(-1),
      )
      if (!visit) return null
      const { id: encounterId, startedAt: takenAt } = visit
      return keepEarlierPicture(ctx, { patientId, encounterId, takenAt, bytes: await readFile(file) })
    }
    const id = same?.id ?? (await add())
    if (id) await db.write((tx) => sayWhere(tx, id, { siteCode: 'lowerLeg', siteLaterality: 'left' }))
  }
}
