import type { PatientId } from '#shared/ids.ts'
import type { PatientContext } from '#shared/records.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { entriesOf, pressurePartsOf, snapshotsOf, visitsOf, vitalsOf } from './context.store.ts'
import type { RecordsNeeds } from './needs.ts'
import { demographicsOf } from './patients.store.ts'
import { refuse, treats } from './policy.ts'
import { presentEntries, presentSnapshotLine, presentTrends, presentVisit } from './present.ts'

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
    const [context] = await Promise.all([
      loadContext(tx, patientId),
      audit.record(ctx, { action, patientId }),
    ])
    return context
  })
  return found ?? refuse(needs, ctx, { action, patientId })
}

/** The rows and their shape, without asking who wants them; null for an unknown patient. */
export async function loadContext(tx: Tx, patientId: PatientId): Promise<PatientContext | null> {
  const [patient] = await demographicsOf(tx, [patientId])
  if (!patient) return null
  return {
    patient,
    ...presentEntries(await entriesOf(tx, patientId)),
    vitals: presentTrends(await vitalsOf(tx, patientId), await pressurePartsOf(tx, patientId)),
    visits: (await visitsOf(tx, patientId)).map(presentVisit),
    snapshots: (await snapshotsOf(tx, patientId)).map(presentSnapshotLine),
  }
}
