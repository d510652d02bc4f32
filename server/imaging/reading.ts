import type { PatientId } from '#shared/ids.ts'
import type { AuditEntry } from '../audit/index.ts'
import type { Context } from '../platform/context.ts'
import { notFound } from './errors.ts'
import type { ImagingNeeds } from './needs.ts'

type Reading = Pick<AuditEntry, 'action' | 'entity'> & { patientId: PatientId | null; may: boolean }

/** Writes down who has looked at a picture, or would have liked to. @throws not_found for those who may not. */
export async function recordReading(
  { audit }: Pick<ImagingNeeds, 'audit'>,
  ctx: Context,
  { may, ...reading }: Reading,
): Promise<void> {
  await audit.record(ctx, { ...reading, outcome: may ? 'success' : 'refused' })
  if (!may) throw notFound()
}
