import type { z } from 'zod'
import type { EncounterId, PatientId, RecordId } from '#shared/ids.ts'
import type { Locale } from '#shared/identity.ts'
import type { addMedication, addObservation } from '#shared/records.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { Http } from '../platform/http.ts'
import {
  allergyEntity,
  conditionEntity,
  medicationEntity,
  observationComponentEntity,
  observationEntity,
} from './chart.entity.ts'
import { newMedication, newObservation, type Source } from './chart.ts'
import { encounterEntity } from './encounter.entity.ts'
import { finishEncounter, startEncounter } from './encounter.ts'
import type { BeginningVisit } from './encounter.ts'
import type { RecordsNeeds } from './needs.ts'
import { noteAmendmentEntity, noteEntity, noteVersionEntity } from './note.entity.ts'
import {
  patientEntity,
  patientIdentifierEntity,
  patientNameEntity,
  patientTelecomEntity,
} from './patient.entity.ts'
import { findPatient } from './patients.store.ts'
import { documentEntity, snapshotEntity, snapshotVariantEntity } from './picture.entity.ts'
import { recordsRoutes } from './routes.ts'

export type { SnapshotWithVariants, StoredPicture } from './snapshots.store.ts'
export { settleContent, undescribedSnapshots, wantContent } from './snapshot-content.store.ts'
export { findEncounters, pictureSeries, picturesBySite, setSite } from './picture-series.store.ts'
export type { SeriesOf } from './picture-series.store.ts'
export { isKnownIn } from './patients.ts'
export { demographicsOf, namesOf, organizationsOfPatients, personalDataOf } from './patients.store.ts'
export { findEncounter } from './encounters.store.ts'
/** For imaging, which owns the pictures; their rows are part of the chart. */
export {
  addSnapshot,
  findSnapshot,
  setDerived,
  snapshotsOfConsult,
  unfinishedSnapshots,
  weightOfConsult,
} from './snapshots.store.ts'

export const recordsEntities = [
  patientEntity,
  patientNameEntity,
  patientIdentifierEntity,
  patientTelecomEntity,
  encounterEntity,
  noteEntity,
  noteVersionEntity,
  noteAmendmentEntity,
  conditionEntity,
  allergyEntity,
  medicationEntity,
  observationEntity,
  observationComponentEntity,
  snapshotEntity,
  snapshotVariantEntity,
  documentEntity,
]

export type Records = {
  addRoutes(http: Http): void
  /** Opens the encounter of a consult with an empty note; a second call returns the same one. */
  startEncounter(tx: Tx, ctx: Context, visit: BeginningVisit): Promise<EncounterId>
  finishEncounter(tx: Tx, ctx: Context, encounterId: EncounterId): Promise<void>
  /** Keeps what a practitioner has read off a picture of the patient. @throws as `addObservation` */
  keepObservation(ctx: Context, patientId: PatientId, read: NewObservation, source: Source): Promise<RecordId>
  /** As keepObservation. */
  keepMedication(ctx: Context, patientId: PatientId, read: NewMedication, source: Source): Promise<RecordId>
}

export type NewObservation = z.output<typeof addObservation.body>
export type NewMedication = z.output<typeof addMedication.body>

export function createRecords(needs: RecordsNeeds): Records {
  return {
    addRoutes: (http) => recordsRoutes(http, needs),
    startEncounter: (tx, ctx, visit) => startEncounter(needs, tx, ctx, visit),
    finishEncounter: (tx, ctx, encounterId) => finishEncounter(needs, tx, ctx, encounterId),
    keepObservation: async (ctx, ...entry) => (await newObservation(needs, ctx, ...entry)).id,
    keepMedication: async (ctx, ...entry) => (await newMedication(needs, ctx, ...entry)).id,
  }
}

/** How a patient is called, the birth date for the second check of a link, and their language; null for an unknown id. */
export async function describePatient(
  tx: Tx,
  id: PatientId,
): Promise<{ displayName: string; birthDate: string; locale: Locale } | null> {
  const patient = await findPatient(tx, id)
  return patient && { displayName: patient.displayName, birthDate: patient.birthDate, locale: patient.locale }
}
