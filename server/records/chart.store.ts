import type { RecordId } from '#shared/ids.ts'
import type { Tx } from '../platform/db.ts'
import {
  allergyEntity,
  conditionEntity,
  medicationEntity,
  observationComponentEntity,
  observationEntity,
} from './chart.entity.ts'
import type {
  AllergyRow,
  ConditionRow,
  MedicationRow,
  ObservationComponentRow,
  ObservationRow,
} from './chart.entity.ts'

export async function insertCondition(tx: Tx, row: ConditionRow): Promise<void> {
  await tx.manager.insert(conditionEntity, row)
}

export async function insertAllergy(tx: Tx, row: AllergyRow): Promise<void> {
  await tx.manager.insert(allergyEntity, row)
}

export async function insertMedication(tx: Tx, row: MedicationRow): Promise<void> {
  await tx.manager.insert(medicationEntity, row)
}

export async function insertObservation(
  tx: Tx,
  row: ObservationRow,
  components: readonly ObservationComponentRow[],
): Promise<void> {
  await tx.manager.insert(observationEntity, row)
  if (components.length > 0) await tx.manager.insert(observationComponentEntity, [...components])
}

export function findMedication(tx: Tx, id: RecordId): Promise<MedicationRow | null> {
  return tx.manager.findOneBy(medicationEntity, { id })
}

/** With its components in their order; none for a single value. */
export async function findObservation(
  tx: Tx,
  id: RecordId,
): Promise<{ row: ObservationRow; components: ObservationComponentRow[] } | null> {
  const row = await tx.manager.findOneBy(observationEntity, { id })
  if (!row) return null
  const components = await tx.manager.find(observationComponentEntity, {
    where: { observationId: id },
    order: { position: 'ASC' },
  })
  return { row, components }
}
