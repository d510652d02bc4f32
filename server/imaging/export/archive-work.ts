import { AnnotationId, RecordId } from '#shared/ids.ts'
import { systemContext } from '../../platform/context.ts'
import type { DomainEvent } from '../../platform/outbox.ts'
import { findSnapshot } from '../../records/index.ts'
import { findEnhancement } from '../enhancements.store.ts'
import { ImageRejected, ProcessesBusy, ProcessFailed } from '../pipeline/index.ts'
import { ArchiveAway, storeInArchive, type ArchiveSettings } from './archive.client.ts'
import { makeDicom, makeDrawings, type MadeDicom } from './make-dicom.ts'
import type { ExportNeeds } from './needs.ts'
import type { PictureExportRow } from './picture-export.entity.ts'
import * as store from './picture-exports.store.ts'

/** Fewer than the outbox has, whose last ones are for servers that died over the work. About a quarter of an hour. */
const maxAttempts = 16

/** Brings pictures to the archive that were put on their way, again and again while it is away. */
export function createArchiveWork(needs: ExportNeeds): { close(): void } {
  const { db, clock, log, audit, outbox, archive } = needs
  const end = new AbortController()

  async function deliver(id: RecordId, drawings: readonly AnnotationId[]): Promise<void> {
    const row = await db.read((tx) => store.findExport(tx, id))
    if (row?.state !== 'queued') return
    // The archive was taken out of the settings meanwhile.
    if (archive === null) return settle(row, { state: 'failed', failure: 'wrong_address' })
    try {
      await send(row, drawings, archive)
    } catch (error) {
      if (error instanceof ImageRejected || isHopeless(error)) {
        log.warn({ exportId: id, err: error }, 'no DICOM file could be made for the archive')
        return settle(row, { state: 'failed', failure: 'picture' })
      }
      if (row.attempts + 1 >= maxAttempts && !end.signal.aborted) {
        log.warn({ exportId: id, err: error }, 'archive given up after the last attempt')
        return settle(row, {
          state: 'failed',
          failure: error instanceof ArchiveAway ? 'unreachable' : 'picture',
        })
      }
      await db.write((tx) => store.countAttempt(tx, id))
      // The outbox comes again.
      throw error
    }
  }

  async function send(
    row: PictureExportRow,
    drawings: readonly AnnotationId[],
    settings: ArchiveSettings,
  ): Promise<void> {
    const picture = await load(row)
    const made =
      row.form === 'archive'
        ? await makeDicom(needs, picture, 'kept')
        : await makeDrawings(needs, picture, drawings)
    if (!made) throw new Error('a transfer of no drawings')
    const answer = await storeInArchive(settings, made, end.signal)
    if (answer.state === 'stored') return settle(row, { state: 'sent', failure: null, made })
    log.warn({ exportId: row.id, status: answer.status, failure: answer.failure }, 'archive took no picture')
    return settle(row, { state: 'failed', failure: answer.failure })
  }

  async function load({ snapshotId, enhancementId }: PictureExportRow) {
    return db.read(async (tx) => {
      const snapshot = await findSnapshot(tx, snapshotId)
      const enhancement = enhancementId === null ? null : await findEnhancement(tx, enhancementId)
      if (!snapshot) throw new Error('an export without its snapshot')
      return { snapshot, enhancement }
    })
  }

  async function settle(
    { id, patientId, instanceUid }: PictureExportRow,
    {
      state,
      failure,
      made = null,
    }: Pick<PictureExportRow, 'state' | 'failure'> & { made?: MadeDicom | null },
  ): Promise<void> {
    const file = { instanceUid: made?.instanceUid ?? instanceUid, sha256: made?.sha256 ?? null }
    await db.write(async (tx) => {
      const settledAt = clock.now()
      if (!(await store.settleTransfer(tx, id, { state, failure, settledAt, ...file }))) return
      audit.append(tx, systemContext('imaging', log), {
        action: 'snapshot.archived',
        outcome: state === 'sent' ? 'success' : 'failure',
        patientId,
        entity: { kind: 'picture_export', id },
      })
    })
  }

  /** The servers that were to bring it died over it each time, or lost their database: it was never seen to fail. */
  async function giveUp(id: RecordId): Promise<void> {
    const row = await db.read((tx) => store.findExport(tx, id))
    if (row) await settle(row, { state: 'failed', failure: 'unreachable' })
  }

  const exportOf = (event: DomainEvent) => RecordId.parse(event['exportId'])
  outbox.on(
    'picture-export.queued',
    { as: 'archive', givenUp: (event) => giveUp(exportOf(event)) },
    (event) => deliver(exportOf(event), drawingsOf(event)),
  )
  return { close: () => end.abort() }
}

/** Those that were there when they were sent: what is drawn or removed between two tries changes nothing. */
function drawingsOf({ drawings }: DomainEvent): AnnotationId[] {
  return typeof drawings === 'string' ? drawings.split(' ').map((id) => AnnotationId.parse(id)) : []
}

/** The media process has tried twice; a third time would be no better. */
function isHopeless(error: unknown): boolean {
  if (error instanceof ProcessesBusy) return false
  return error instanceof ProcessFailed && error.code !== 'closed' && error.code !== 'unavailable'
}
