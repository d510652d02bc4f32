import { EntitySchema } from 'typeorm'
import type { EncounterId, NoteId, PatientId, PractitionerId, RecordId } from '#shared/ids.ts'
import { idColumn, instantColumn } from '../platform/columns.ts'

/** The note of one encounter. Its text is in note_version; version 0 means that nothing was written yet. */
export type NoteRow = {
  id: NoteId
  encounterId: EncounterId
  patientId: PatientId
  status: 'draft' | 'signed'
  version: number
  updatedAt: number
  signedAt: number | null
  signedBy: PractitionerId | null
  signerName: string | null
  sha256: string | null
}

export const noteEntity = new EntitySchema<NoteRow>({
  name: 'note',
  columns: {
    id: idColumn('id', { primary: true }),
    encounterId: idColumn('encounter_id', { foreignKey: { target: 'encounter', name: 'note_encounter_fk' } }),
    patientId: idColumn('patient_id'),
    status: { type: 'varchar', length: 10 },
    version: { type: 'int' },
    updatedAt: instantColumn('updated_at'),
    signedAt: instantColumn('signed_at', { nullable: true }),
    signedBy: idColumn('signed_by', { nullable: true }),
    signerName: { name: 'signer_name', type: 'varchar', length: 120, nullable: true },
    sha256: { type: 'varchar', length: 64, nullable: true },
  },
  indices: [{ name: 'note_encounter', columns: ['encounterId'], unique: true }],
})

/** What the note said at one version. Rows are added; only the newest draft row may still grow, for a minute. */
export type NoteVersionRow = {
  noteId: NoteId
  version: number
  subjective: string
  objective: string
  assessment: string
  plan: string
  authorId: PractitionerId
  /** When this row was begun; later saves of the same author within a minute go into the same row. */
  begunAt: number
  savedAt: number
}

export const noteVersionEntity = new EntitySchema<NoteVersionRow>({
  name: 'note_version',
  columns: {
    noteId: idColumn('note_id', {
      primary: true,
      foreignKey: { target: 'note', name: 'note_version_note_fk' },
    }),
    version: { type: 'int', primary: true },
    subjective: { type: 'text' },
    objective: { type: 'text' },
    assessment: { type: 'text' },
    plan: { type: 'text' },
    authorId: idColumn('author_id'),
    begunAt: instantColumn('begun_at'),
    savedAt: instantColumn('saved_at'),
  },
})

/** Added after signing; never changed. */
export type NoteAmendmentRow = {
  id: RecordId
  noteId: NoteId
  practitionerId: PractitionerId
  practitionerName: string
  body: string
  createdAt: number
}

export const noteAmendmentEntity = new EntitySchema<NoteAmendmentRow>({
  name: 'note_amendment',
  columns: {
    id: idColumn('id', { primary: true }),
    noteId: idColumn('note_id', { foreignKey: { target: 'note', name: 'note_amendment_note_fk' } }),
    practitionerId: idColumn('practitioner_id'),
    practitionerName: { name: 'practitioner_name', type: 'varchar', length: 120 },
    body: { type: 'text' },
    createdAt: instantColumn('created_at'),
  },
  indices: [{ name: 'note_amendment_note', columns: ['noteId', 'createdAt'] }],
})
