import { readFile } from 'node:fs/promises'
import type { PatientId } from '#shared/ids.ts'
import type { Context } from '../platform/context.ts'
import { hasPictures, latestEncounters, sayWhere } from './demo.store.ts'
import type { DemoNeeds } from './needs.ts'

/** Painted by scripts/demo-pictures.ts; nobody's leg. In the order of the visits. */
const files = ['first', 'second', 'third'].map(
  (visit) => new URL(`pictures/lower-leg-${visit}.jpg`, import.meta.url),
)

/** Gives a patient a wound that healed over the last visits, to measure and to compare. One who has pictures keeps those. */
export async function addEarlierPictures(
  { db, keepEarlierPicture }: Pick<DemoNeeds, 'db' | 'keepEarlierPicture'>,
  ctx: Context,
  patientId: PatientId,
): Promise<void> {
  if (await db.read((tx) => hasPictures(tx, patientId))) return
  const visits = await db.read((tx) => latestEncounters(tx, patientId, files.length))
  for (const [n, { id: encounterId, startedAt: takenAt }] of visits.toReversed().entries()) {
    const file = files[n]
    if (!file) return
    const bytes = await readFile(file)
    const snapshotId = await keepEarlierPicture(ctx, { patientId, encounterId, takenAt, bytes })
    await db.write((tx) => sayWhere(tx, snapshotId, { siteCode: 'lowerLeg', siteLaterality: 'left' }))
  }
}
