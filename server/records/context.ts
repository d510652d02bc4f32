import type { PatientId } from '#shared/ids.ts'
import type { PatientContext } from '#shared/records.ts'
import type { Context } from '../platform/context.ts'
import {
  allergiesOf,
  conditionsOf,
  medicationsOf,
  pressuresOf,
  snapshotsOf,
  visitsOf,
  vitalsOf,
} from './context.store.ts'
import type { RecordsNeeds } from './needs.ts'
import { demographicsOf } from './patients.store.ts'
import { refuse, treats } from './policy.ts'
import {
  presentAllergy,
  presentCondition,
  presentMedication,
  presentSnapshotLine,
  presentTrends,
  presentVisit,
} from './present.ts'

/** Everything beside the video. Nothing leaves before the audit entry of the read is kept. */
export async function readContext(
  needs: RecordsNeeds,
  ctx: Context,
  patientId: PatientId,
): Promise<PatientContext> {
  const { db, audit } = needs
  const action = 'chart.read'
  const found = await db.read(async (tx) => {
    if (!(await treats(tx, needs, ctx, patientId))) return null
    // The entry is written while the rows are read.
    const [, [patient], conditions, allergies, medications, points, pressures, visits, snapshots] =
      await Promise.all([
        audit.record(ctx, { action, patientId }),
        demographicsOf(tx, [patientId]),
        conditionsOf(tx, patientId),
        allergiesOf(tx, patientId),
        medicationsOf(tx, patientId),
        vitalsOf(tx, patientId),
        pressuresOf(tx, patientId),
        visitsOf(tx, patientId),
        snapshotsOf(tx, patientId),
      ])
    if (!patient) return null
    return {
      patient,
      conditions: conditions.map(presentCondition),
      allergies: allergies.map(presentAllergy),
      medications: medications.map(presentMedication),
      vitals: presentTrends(points, pressures),
      visits: visits.map(presentVisit),
      snapshots: snapshots.map(presentSnapshotLine),
    }
  })
  return found ?? refuse(needs, ctx, { action, patientId })
}
