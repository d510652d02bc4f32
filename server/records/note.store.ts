import type { EncounterId, NoteId, PatientId } from '#shared/ids.ts'
import type { Instant } from '#shared/time.ts'
import type { Tx } from '../platform/db.ts'
import { noteAmendmentEntity, noteEntity, noteVersionEntity } from './note.entity.ts'
import type { NoteAmendmentRow, NoteRow, NoteVersionRow } from './note.entity.ts'

export function findNoteOf(tx: Tx, encounterId: EncounterId): Promise<NoteRow | null> {
  return tx.manager.findOneBy(noteEntity, { encounterId })
}

/** What the note says at its present version; null while nothing was written. */
export function findText(tx: Tx, { id, version }: NoteRow): Promise<NoteVersionRow | null> {
  return tx.manager.findOneBy(noteVersionEntity, { noteId: id, version })
}

export function amendmentsOf(tx: Tx, noteId: NoteId): Promise<NoteAmendmentRow[]> {
  return tx.manager.find(noteAmendmentEntity, { where: { noteId }, order: { createdAt: 'ASC', id: 'ASC' } })
}

export async function insertNote(
  tx: Tx,
  note: { id: NoteId; encounterId: EncounterId; patientId: PatientId; updatedAt: Instant },
): Promise<void> {
  const unsigned = { signedAt: null, signedBy: null, signerName: null, sha256: null }
  await tx.manager.insert(noteEntity, { ...note, status: 'draft', version: 0, ...unsigned })
}

/** Reads the note for a change: on MySQL it stays locked until the commit, SQLite has one writer anyway. */
export function lockNoteOf(tx: Tx, encounterId: EncounterId): Promise<NoteRow | null> {
  const query = tx.manager.createQueryBuilder(noteEntity, 'n').where({ encounterId })
  return (tx.engine === 'mysql' ? query.setLock('pessimistic_write') : query).getOne()
}

/** Writes to a note that this transaction has locked. */
export async function changeNote(tx: Tx, id: NoteId, change: Partial<NoteRow>): Promise<void> {
  await tx.manager.update(noteEntity, { id }, change)
}

export async function insertText(tx: Tx, row: NoteVersionRow): Promise<void> {
  await tx.manager.insert(noteVersionEntity, row)
}

/** Lets the newest row of a draft grow; the caller has locked the note and seen that it is a draft. */
export async function growText(
  tx: Tx,
  { noteId, version }: NoteVersionRow,
  grown: Partial<NoteVersionRow>,
): Promise<void> {
  await tx.manager.update(noteVersionEntity, { noteId, version }, grown)
}

export async function insertAmendment(tx: Tx, row: NoteAmendmentRow): Promise<void> {
  await tx.manager.insert(noteAmendmentEntity, row)
}
