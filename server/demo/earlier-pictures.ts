import { readFile } from 'node:fs/promises'
import type { PatientId, PractitionerId } from '#shared/ids.ts'
import type { Context } from '../platform/context.ts'
import type { Database } from '../platform/db.ts'
import { earlierPictures, lockSchedules, pastVisits, sayWhere, visitAfter } from './demo.store.ts'
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
  { patientId, doctorIds }: { patientId: PatientId; doctorIds: PractitionerId[] },
): Promise<void> {
  for (const [n, file] of files.entries()) {
    await oneServerAtATime(db, doctorIds, async () => {
      const kept = await db.read((tx) => earlierPictures(tx, patientId))
      const [last, same] = [kept.at(-1), kept[n]]
      if (same?.siteCode) return
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
    })
  }
}

/**
 * The transaction holds the lock and nothing else: a picture is kept by one of its own, which would wait for ever inside
 * SQLite's only writer. There no lock is needed, as no second server has the file.
 */
async function oneServerAtATime(
  db: Database,
  doctorIds: PractitionerId[],
  work: () => Promise<void>,
): Promise<void> {
  if (db.engine === 'sqlite') return work()
  return db.write(async (tx) => {
    await lockSchedules(tx, doctorIds)
    await work()
  })
}
