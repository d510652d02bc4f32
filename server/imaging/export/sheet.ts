import type { z } from 'zod'
import type { CarePurpose, PrintSheet } from '#shared/imaging-export.ts'
import type { Context } from '../../platform/context.ts'
import { personalDataOf } from '../../records/index.ts'
import { notFound } from '../errors.ts'
import { keepExport } from './export-dicom.ts'
import { exporter, findToExport, type Which } from './find-picture.ts'
import { originalOf } from '../samples.ts'
import type { ExportNeeds } from './needs.ts'

/** What a sheet of paper says around the picture; who asks is taken to print it. @throws as findToExport */
export async function printPicture(
  needs: ExportNeeds,
  ctx: Context,
  { purpose, ...which }: Which & { purpose: CarePurpose },
): Promise<z.input<typeof PrintSheet>> {
  const picture = await findToExport(needs, ctx, which)
  const { snapshot, enhancement } = picture
  const { patient, clinic, practitionerName } = await needs.db.read(async (tx) => {
    const found = await personalDataOf(tx, snapshot.patientId)
    return {
      patient: found,
      clinic: found && (await needs.organization(tx, found.organizationId)),
      practitionerName: await needs.practitionerName(tx, exporter(ctx)),
    }
  })
  if (!patient || !clinic) throw notFound()
  await keepExport(needs, ctx, { picture, form: 'sheet', purpose, instanceUid: null, sha256: null })
  const { displayName, birthDate, gender, recordNumber } = patient
  const original = originalOf(snapshot)
  return {
    patient: { displayName, birthDate, gender, identifier: recordNumber ?? '' },
    organizationName: clinic.name,
    practitionerName: practitionerName ?? '',
    takenAt: snapshot.takenAt,
    printedAt: needs.clock.now(),
    zone: clinic.zone,
    width: enhancement?.width ?? original.width,
    height: enhancement?.height ?? original.height,
    processedBy: enhancement?.name ?? null,
  }
}
