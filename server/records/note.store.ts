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

/** Writes while the note is the draft that was read; false when somebody saved or signed it meanwhile. */
export async function changeDraft(
  tx: Tx,
  { id, version }: NoteRow,
  change: Partial<NoteRow>,
): Promise<boolean> {
  const { affected } = await tx.manager.update(noteEntity, { id, version, status: 'draft' }, change)
  return affected === 1
}

export async function insertText(tx: Tx, row: NoteVersionRow): Promise<void> {
  await tx.manager.insert(noteVersionEntity, row)
}

/** Lets the newest row of a draft grow. The caller has changed the draft in this transaction, so it is not signed. */
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
