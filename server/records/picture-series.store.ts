import { In, IsNull, LessThan } from 'typeorm'
import type { FindOptionsWhere } from 'typeorm'
import type { ConsultId, EncounterId, PatientId, SnapshotId } from '#shared/ids.ts'
import type { BodySite, BodySiteCode, Laterality } from '#shared/imaging-site.ts'
import type { Tx } from '../platform/db.ts'
import { encounterEntity } from './encounter.entity.ts'
import type { EncounterRow } from './encounter.entity.ts'
import { snapshotEntity } from './picture.entity.ts'
import type { SnapshotRow } from './picture.entity.ts'
import { withOriginals, type SnapshotWithVariants } from './snapshots.store.ts'

/** Null: whatever the site or the side; `none`: without one. */
export type SeriesOf = {
  patientId: PatientId
  /** Null: of all visits. */
  consultId: ConsultId | null
  code: BodySiteCode | 'none' | null
  laterality: Laterality | 'none' | null
}

/** Says where on the body a picture is from; null takes it back. */
export async function setSite(tx: Tx, id: SnapshotId, site: BodySite | null): Promise<void> {
  const change = { siteCode: site?.code ?? null, siteLaterality: site?.laterality ?? null }
  await tx.manager.update(snapshotEntity, { id }, change)
}

/** Newest first; `before` is a picture of the same patient, after which to go on. */
export async function pictureSeries(
  tx: Tx,
  { patientId, consultId, code, laterality }: SeriesOf,
  { before, most }: { before: Pick<SnapshotRow, 'id' | 'takenAt'> | null; most: number },
): Promise<SnapshotWithVariants[]> {
  const common: FindOptionsWhere<SnapshotRow> = {
    patientId,
    ...(consultId && { consultId }),
    ...(code && { siteCode: code === 'none' ? IsNull() : code }),
    ...(laterality && { siteLaterality: laterality === 'none' ? IsNull() : laterality }),
  }
  const older: FindOptionsWhere<SnapshotRow>[] = before
    ? [
        { ...common, takenAt: LessThan(before.takenAt) },
        { ...common, takenAt: before.takenAt, id: LessThan(before.id) },
      ]
    : [common]
  const rows = await tx.manager.find(snapshotEntity, {
    where: older,
    order: { takenAt: 'DESC', id: 'DESC' },
    take: most,
  })
  return withOriginals(tx, rows)
}

export type SiteTally = Pick<SnapshotRow, 'siteCode' | 'siteLaterality'> & {
  pictures: number
  newestAt: number
}

/** How many pictures there are of each site, and when the newest of them was taken. */
export async function picturesBySite(
  tx: Tx,
  { patientId, consultId }: Pick<SeriesOf, 'patientId' | 'consultId'>,
): Promise<SiteTally[]> {
  const query = tx.manager
    .createQueryBuilder(snapshotEntity, 's')
    .select('s.siteCode', 'siteCode')
    .addSelect('s.siteLaterality', 'siteLaterality')
    .addSelect('COUNT(*)', 'pictures')
    .addSelect('MAX(s.takenAt)', 'newestAt')
    .where('s.patientId = :patientId', { patientId })
    .groupBy('s.siteCode')
    .addGroupBy('s.siteLaterality')
  if (consultId) query.andWhere('s.consultId = :consultId', { consultId })
  const rows = await query.getRawMany<
    Omit<SiteTally, 'pictures' | 'newestAt'> & { pictures: number | string; newestAt: number | string }
  >()
  return rows.map((row) => ({ ...row, pictures: Number(row.pictures), newestAt: Number(row.newestAt) }))
}

export async function findEncounters(tx: Tx, ids: readonly EncounterId[]): Promise<EncounterRow[]> {
  return ids.length === 0 ? [] : tx.manager.findBy(encounterEntity, { id: In(ids) })
}
