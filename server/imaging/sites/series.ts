import type { z } from 'zod'
import type { ConsultId, PatientId, SnapshotId } from '#shared/ids.ts'
import {
  picturesPerPage,
  type listEarlierPictures,
  type listPatientPictures,
  type SiteCount,
} from '#shared/imaging-series.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import {
  findEncounters,
  findSnapshot,
  pictureSeries,
  picturesBySite,
  type SeriesOf,
  type SnapshotWithVariants,
} from '../../records/index.ts'
import { notFound } from '../errors.ts'
import type { ImagingNeeds } from '../needs.ts'
import { mayEnhance, maySee } from '../policy.ts'
import { present } from '../present.ts'
import { recordReading } from '../reading.ts'

type Page = z.input<typeof listPatientPictures.reply>
type Asked = { patientId: PatientId } & z.output<typeof listPatientPictures.body>

/** @throws not_found for those who may not see the patient's pictures. */
export async function countBySite(
  needs: ImagingNeeds,
  ctx: Context,
  patientId: PatientId,
): Promise<z.input<typeof SiteCount>[]> {
  const rows = await seen(needs, ctx, patientId, (tx, consultId) =>
    picturesBySite(tx, { patientId, consultId }),
  )
  return rows.map(({ siteCode, siteLaterality, pictures, newestAt }) => ({
    site: siteCode && { code: siteCode, laterality: siteLaterality },
    pictures,
    newestAt,
  }))
}

/** One page of a patient's pictures, newest first. @throws not_found, also for a page after another patient's picture. */
export async function listPictures(
  needs: ImagingNeeds,
  ctx: Context,
  { patientId, code, laterality, before }: Asked,
): Promise<Page> {
  return seen(needs, ctx, patientId, async (tx, consultId) => {
    const last = before ? await findSnapshot(tx, before) : null
    if (before && last?.patientId !== patientId) throw notFound()
    const series = { patientId, consultId, code: code ?? null, laterality: laterality ?? null }
    return pageOf(tx, ctx, series, last)
  })
}

type Earlier = { snapshotId: SnapshotId } & z.output<typeof listEarlierPictures.query>

/** What a picture can be compared with. @throws not_found for those who do not treat the patient. */
export async function listEarlier(
  needs: ImagingNeeds,
  ctx: Context,
  { snapshotId, site, before }: Earlier,
): Promise<Page> {
  const { snapshot, page } = await needs.db.read(async (tx) => {
    const found = await findSnapshot(tx, snapshotId)
    if (!found || !(await mayEnhance(needs, tx, ctx, found))) return { snapshot: found, page: null }
    const last = before ? await findSnapshot(tx, before) : found
    if (last?.patientId !== found.patientId) return { snapshot: found, page: null }
    const { patientId, siteCode, siteLaterality } = found
    const same = { code: siteCode ?? 'none', laterality: siteLaterality ?? 'none' } as const
    const series = {
      patientId,
      consultId: null,
      ...(site === 'same' ? same : { code: null, laterality: null }),
    }
    return { snapshot: found, page: await pageOf(tx, ctx, series, last) }
  })
  await recordReading(needs, ctx, {
    action: 'snapshot.listed',
    patientId: snapshot?.patientId ?? null,
    entity: { kind: 'snapshot', id: snapshotId },
    may: page !== null,
  })
  if (!page) throw notFound()
  return page
}

async function pageOf(
  tx: Tx,
  ctx: Context,
  series: SeriesOf,
  before: SnapshotWithVariants | null,
): Promise<Page> {
  const found = await pictureSeries(tx, series, { before, most: picturesPerPage + 1 })
  const page = found.slice(0, picturesPerPage)
  const visitOf = await visitsOf(tx, page)
  const pictures = page.map((row) => ({ picture: present(row, ctx), visit: visitOf(row) }))
  return { pictures, more: found.length > page.length }
}

/** Reads with the one consult that a guest is held to; nothing leaves before the audit entry is kept. */
async function seen<T>(
  needs: ImagingNeeds,
  ctx: Context,
  patientId: PatientId,
  load: (tx: Tx, consultId: ConsultId | null) => Promise<T>,
): Promise<T> {
  const consultId = ctx.actor.kind === 'guest' ? ctx.actor.consultId : null
  const found = await needs.db.read(async (tx) =>
    (await maySee(needs, tx, ctx, { patientId, consultId })) ? { value: await load(tx, consultId) } : null,
  )
  const entity = { kind: 'patient', id: patientId }
  await recordReading(needs, ctx, { action: 'snapshot.listed', patientId, entity, may: found !== null })
  if (!found) throw notFound()
  return found.value
}

async function visitsOf(tx: Tx, rows: readonly SnapshotWithVariants[]) {
  const ids = new Set(rows.flatMap(({ encounterId }) => encounterId ?? []))
  const encounters = await findEncounters(tx, [...ids])
  return ({ encounterId }: SnapshotWithVariants) => {
    const visit = encounters.find(({ id }) => id === encounterId)
    if (!visit) return null
    const { id, startedAt, practitionerName, reason } = visit
    return { encounterId: id, startedAt, practitionerName, reason }
  }
}
