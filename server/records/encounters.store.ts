import { IsNull, Not } from 'typeorm'
import type { ConsultId, EncounterId, PatientId } from '#shared/ids.ts'
import type { Tx } from '../platform/db.ts'
import { encounterEntity } from './encounter.entity.ts'
import type { EncounterRow } from './encounter.entity.ts'

export function findEncounter(tx: Tx, id: EncounterId): Promise<EncounterRow | null> {
  return tx.manager.findOneBy(encounterEntity, { id })
}

export function findEncounterOf(tx: Tx, consultId: ConsultId): Promise<EncounterRow | null> {
  return tx.manager.findOneBy(encounterEntity, { consultId })
}

/** Those that began as consults, newest first. */
export function newestEncountersOf(tx: Tx, patientId: PatientId, most: number): Promise<EncounterRow[]> {
  return tx.manager.find(encounterEntity, {
    where: { patientId, consultId: Not(IsNull()) },
    order: { startedAt: 'DESC' },
    take: most,
  })
}

export async function insertEncounter(tx: Tx, row: EncounterRow): Promise<void> {
  await tx.manager.insert(encounterEntity, row)
}

export async function changeEncounter(tx: Tx, id: EncounterId, change: Partial<EncounterRow>): Promise<void> {
  await tx.manager.update(encounterEntity, { id }, change)
}
