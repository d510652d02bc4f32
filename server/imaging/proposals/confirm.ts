import { DomainError } from '#shared/errors.ts'
import type { RecordId, SnapshotId } from '#shared/ids.ts'
import {
  chartUnits,
  toChartUnit,
  type ConfirmedReading,
  type ReadableVital,
} from '#shared/imaging-proposal.ts'
import { vitals } from '#shared/records.ts'
import type { Context } from '../../platform/context.ts'
import { findSnapshot } from '../../records/index.ts'
import type { NewMedication, NewObservation } from '../../records/index.ts'
import { notFound } from '../errors.ts'
import type { ImagingNeeds } from '../needs.ts'
import { maySee } from '../policy.ts'

type Confirmation = { snapshotId: SnapshotId; reading: ConfirmedReading; idempotencyKey: string }

/**
 * Writes what a doctor has confirmed into the chart, with the picture that it was read from; the chart's own rule tells
 * who may. A key repeated gives the same entry. @throws not_found, invalid_request, conflict
 */
export async function confirmReading(
  needs: ImagingNeeds,
  ctx: Context,
  { snapshotId, reading, idempotencyKey }: Confirmation,
): Promise<{ recordId: RecordId }> {
  const { db, audit, charts } = needs
  const { snapshot, seen } = await db.read(async (tx) => {
    const found = await findSnapshot(tx, snapshotId)
    return { snapshot: found, seen: found !== null && (await maySee(needs, tx, ctx, found)) }
  })
  if (!snapshot) {
    await audit.record(ctx, {
      action: 'reading.confirmed',
      outcome: 'refused',
      entity: { kind: 'snapshot', id: snapshotId },
    })
    throw notFound()
  }
  const { patientId, takenAt, origin } = snapshot
  // Of a picture that was brought along, only the time of its coming is known. Who may not see it hears nothing of it.
  if (reading.kind === 'vital' && reading.effectiveAt === undefined && origin !== 'camera' && seen)
    throw new DomainError('invalid_request', { reason: 'effective_at_missing' })
  const source = { snapshotId, idempotencyKey }
  const recordId =
    reading.kind === 'vital'
      ? await charts.keepObservation(
          ctx,
          patientId,
          observationOf(reading, reading.effectiveAt ?? takenAt),
          source,
        )
      : await charts.keepMedication(ctx, patientId, medicationOf(reading), source)
  return { recordId }
}

const loinc = (code: string, display: string) => ({ system: 'http://loinc.org', code, display })

/** LOINC's common names. */
const names: Readonly<Record<ReadableVital, string>> = {
  bloodPressure: 'Blood pressure',
  heartRate: 'Heart rate',
  bodyTemperature: 'Body temperature',
  oxygenSaturation: 'Oxygen saturation',
  bodyWeight: 'Body weight',
  bloodGlucose: 'Blood glucose',
}

function observationOf(
  { vital, numbers, unit }: Extract<ConfirmedReading, { kind: 'vital' }>,
  effectiveAt: number,
): NewObservation {
  const code = loinc(vitals[vital].code, names[vital])
  const values = numbers.map((number) => toChartUnit(number, unit).value)
  const [value, diastolic] = values
  if (value === undefined) throw new Error('a reading without a number')
  if (vital !== 'bloodPressure') return { code, effectiveAt, value, unit: chartUnits[vital], components: [] }
  if (diastolic === undefined) throw new Error('a blood pressure without its diastolic value')
  const { components } = vitals.bloodPressure
  const part = (partCode: string, display: string, of: number) => ({
    code: loinc(partCode, display),
    value: of,
    unit: chartUnits.bloodPressure,
  })
  return {
    code,
    effectiveAt,
    value: null,
    unit: null,
    components: [
      part(components.systolic, 'Systolic blood pressure', value),
      part(components.diastolic, 'Diastolic blood pressure', diastolic),
    ],
  }
}

/** Words of a label have no code: a terminology's would be a guess. */
function medicationOf({
  name,
  strength,
  form,
  dosage,
}: Extract<ConfirmedReading, { kind: 'medication' }>): NewMedication {
  const display = [name, strength, form].filter((part) => part !== '').join(' ')
  return { code: { system: '', code: '', display }, dosage, status: 'active', startedOn: null }
}
