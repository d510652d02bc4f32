import type { OrganizationId, PatientId } from '#shared/ids.ts'
import type { PatientDemographics } from '#shared/records.ts'
import type { Identity } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { isUniqueViolation } from '../platform/db.ts'
import type { Tx } from '../platform/db.ts'
import { asUser } from '../platform/policy.ts'
import type { RecordsNeeds } from './needs.ts'
import { drawRecordNumber, newPatient } from './new-patient.ts'
import type { PatientInput } from './new-patient.ts'
import { demographicsOf, findPatient, insertPatient, searchPatientIds } from './patients.store.ts'

const mostFound = 20
const drawAttempts = 5
const deepestHospital = 5

/** Finds patients of the actor's hospital. Demographics only: nothing clinical. */
export async function search(
  { db, audit, identity }: RecordsNeeds,
  ctx: Context,
  query: string,
): Promise<{ patients: PatientDemographics[] }> {
  const { organizationId } = asUser(ctx.actor)
  const patients = await db.read(async (tx) => {
    const [hospital = organizationId] = await placesUp(tx, identity, organizationId)
    return demographicsOf(tx, await searchPatientIds(tx, hospital, query, mostFound))
  })
  await audit.record(ctx, { action: 'patients.searched' })
  return { patients }
}

/** Adds a patient to the actor's hospital, so that all its clinics know them by one record number. */
export async function add(
  needs: RecordsNeeds,
  ctx: Context,
  input: PatientInput,
): Promise<PatientDemographics> {
  const { db, clock, audit, identity } = needs
  const actor = asUser(ctx.actor)
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.write(async (tx) => {
        const [organizationId = actor.organizationId] = await placesUp(tx, identity, actor.organizationId)
        const rows = newPatient(input, { clock, organizationId, recordNumber: drawRecordNumber() })
        const { id } = rows.patient
        await insertPatient(tx, rows)
        audit.append(tx, ctx, { action: 'patient.added', patientId: id, entity: { kind: 'patient', id } })
        const [added] = await demographicsOf(tx, [id])
        if (!added) throw new Error('a patient was added and is not there')
        return added
      })
    } catch (error) {
      // Somebody else has drawn the same number.
      if (!isUniqueViolation(error) || attempt === drawAttempts) throw error
    }
  }
}

/** Whether the patient is known in this clinic, or in the hospital that it is part of. */
export async function isKnownIn(
  tx: Tx,
  identity: Pick<Identity, 'organization'>,
  patientId: PatientId,
  organizationId: OrganizationId,
): Promise<boolean> {
  const patient = await findPatient(tx, patientId)
  if (!patient) return false
  return (await placesUp(tx, identity, organizationId)).includes(patient.organizationId)
}

/** The organization and those above it, the topmost first. */
async function placesUp(
  tx: Tx,
  identity: Pick<Identity, 'organization'>,
  organizationId: OrganizationId,
): Promise<OrganizationId[]> {
  const places: OrganizationId[] = []
  for (let next: OrganizationId | null = organizationId; next !== null && places.length < deepestHospital;) {
    const organization = await identity.organization(tx, next)
    if (!organization) break
    places.unshift(organization.id)
    next = organization.parentId
  }
  return places
}
