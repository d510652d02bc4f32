import { DomainError } from '#shared/errors.ts'
import { RecordId } from '#shared/ids.ts'
import type { EncounterId } from '#shared/ids.ts'
import type { Note, NoteContent } from '#shared/records.ts'
import { minuteMs } from '#shared/time.ts'
import type { Instant } from '#shared/time.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { claimKey } from '../platform/idempotency.ts'
import { newId } from '../platform/ids.ts'
import { asUser } from '../platform/policy.ts'
import type { EncounterRow } from './encounter.entity.ts'
import { findEncounter } from './encounters.store.ts'
import type { RecordsNeeds } from './needs.ts'
import type { NoteRow, NoteVersionRow } from './note.entity.ts'
import {
  amendmentsOf,
  changeNote,
  findNoteOf,
  findText,
  growText,
  insertAmendment,
  insertText,
  lockNoteOf,
} from './note.store.ts'
import { mayReadNote, mayWriteNote, practitionerOf, refuse } from './policy.ts'
import { sealOf } from './seal.ts'

/** Saves of one author within this time go into one version row: typing does not fill the chart with versions. */
const growsForMs = minuteMs

const blank: NoteContent = { subjective: '', objective: '', assessment: '', plan: '' }

export async function readNote(needs: RecordsNeeds, ctx: Context, encounterId: EncounterId): Promise<Note> {
  const found = await needs.db.read(async (tx) => {
    const encounter = await findEncounter(tx, encounterId)
    if (!encounter || !(await mayReadNote(tx, needs, ctx, encounter))) return { encounter, note: null }
    const note = await loadNote(tx, encounterId)
    // A draft is a thought, not a record: until it is signed, only who writes it reads it.
    return { encounter, note: note.status === 'signed' || mayWriteNote(ctx, encounter) ? note : null }
  })
  const patientId = found.encounter?.patientId ?? null
  if (!found.note) return refuse(needs, ctx, { action: 'note.read', patientId })
  await needs.audit.record(ctx, {
    action: 'note.read',
    patientId,
    entity: { kind: 'note', id: found.note.id },
  })
  return found.note
}

/** Saves a draft over the version that its writer read. Throws `stale_version` with the present one, `already_signed`. */
export async function saveNote(
  needs: RecordsNeeds,
  ctx: Context,
  { encounterId, version, content }: { encounterId: EncounterId; version: number; content: NoteContent },
): Promise<Note> {
  return write(needs, ctx, { encounterId, action: 'note.saved' }, async (tx, note) => {
    refuseOther(note, version)
    const before = await findText(tx, note)
    if (before && sameContent(before, content)) return
    const now = needs.clock.now()
    const next = version + 1
    await changeNote(tx, note.id, { version: next, updatedAt: now })
    const authorId = practitionerOf(ctx)
    if (before && grows(before, authorId, now))
      await growText(tx, before, { version: next, ...content, savedAt: now })
    else
      await insertText(tx, {
        noteId: note.id,
        version: next,
        ...content,
        authorId,
        begunAt: now,
        savedAt: now,
      })
  })
}

/** Freezes the note under the signer's name. Throws `conflict` for an empty note; signing the same twice is one signature. */
export async function signNote(
  needs: RecordsNeeds,
  ctx: Context,
  { encounterId, version }: { encounterId: EncounterId; version: number },
): Promise<Note> {
  return write(needs, ctx, { encounterId, action: 'note.signed' }, async (tx, note, encounter) => {
    const practitionerId = practitionerOf(ctx)
    if (note.status === 'signed' && note.version === version && note.signedBy === practitionerId) return
    refuseOther(note, version)
    const text = await findText(tx, note)
    if (!text || sameContent(text, blank)) throw new DomainError('conflict')
    const [signer] = await needs.identity.practitioners(tx, [practitionerId])
    const signedAt = needs.clock.now()
    const sha256 = sealOf({ noteId: note.id, encounterId, version, practitionerId, signedAt, content: text })
    await changeNote(tx, note.id, {
      status: 'signed',
      updatedAt: signedAt,
      signedAt,
      signedBy: practitionerId,
      signerName: signer?.displayName ?? encounter.practitionerName,
      sha256,
    })
  })
}

/**
 * Adds to a signed note; the key makes a repeated request one amendment. Throws `conflict` while it is a draft, and when
 * the key was used for another amendment.
 */
export async function amendNote(
  needs: RecordsNeeds,
  ctx: Context,
  { encounterId, text, idempotencyKey }: { encounterId: EncounterId; text: string; idempotencyKey: string },
): Promise<Note> {
  const { clock, identity } = needs
  return write(needs, ctx, { encounterId, action: 'note.amended' }, async (tx, note, encounter) => {
    if (note.status !== 'signed') throw new DomainError('conflict')
    const practitionerId = practitionerOf(ctx)
    const id = newId(RecordId, clock)
    const scope = `amendment:${asUser(ctx.actor).userId}`
    const before = await claimKey(tx, clock, { scope, key: idempotencyKey, resultId: id })
    if (before !== null) {
      const made = (await amendmentsOf(tx, note.id)).find((amendment) => amendment.id === before)
      if (made?.body !== text) throw new DomainError('conflict')
      return
    }
    const [author] = await identity.practitioners(tx, [practitionerId])
    await insertAmendment(tx, {
      id,
      noteId: note.id,
      practitionerId,
      practitionerName: author?.displayName ?? encounter.practitionerName,
      body: text,
      createdAt: clock.now(),
    })
  })
}

/** What every change of a note has in common: whose it is, one transaction, the audit, the note as it is afterwards. */
async function write(
  needs: RecordsNeeds,
  ctx: Context,
  { encounterId, action }: { encounterId: EncounterId; action: string },
  change: (tx: Tx, note: NoteRow, encounter: EncounterRow) => Promise<void>,
): Promise<Note> {
  const encounter = await needs.db.read((tx) => findEncounter(tx, encounterId))
  if (!encounter || !mayWriteNote(ctx, encounter))
    return refuse(needs, ctx, { action, patientId: encounter?.patientId ?? null })
  return needs.db.write(async (tx) => {
    const note = await lockNoteOf(tx, encounterId)
    if (!note) throw new DomainError('not_found')
    await change(tx, note, encounter)
    const { patientId } = encounter
    needs.audit.append(tx, ctx, { action, patientId, entity: { kind: 'note', id: note.id } })
    return loadNote(tx, encounterId)
  })
}

function refuseOther(note: NoteRow, version: number): void {
  if (note.status === 'signed') throw new DomainError('already_signed')
  if (note.version !== version) throw new DomainError('stale_version', { version: note.version })
}

function grows(text: NoteVersionRow, authorId: string, now: Instant): boolean {
  return text.authorId === authorId && now - text.begunAt < growsForMs
}

function sameContent(a: NoteContent, b: NoteContent): boolean {
  return (
    a.subjective === b.subjective &&
    a.objective === b.objective &&
    a.assessment === b.assessment &&
    a.plan === b.plan
  )
}

async function loadNote(tx: Tx, encounterId: EncounterId): Promise<Note> {
  const note = await findNoteOf(tx, encounterId)
  if (!note) throw new DomainError('not_found')
  const { subjective, objective, assessment, plan } = (await findText(tx, note)) ?? blank
  const amendments = await amendmentsOf(tx, note.id)
  return {
    id: note.id,
    encounterId,
    status: note.status,
    version: note.version,
    content: { subjective, objective, assessment, plan },
    signature: signatureOf(note),
    amendments: amendments.map(({ id, createdAt, practitionerName, body }) => ({
      id,
      at: createdAt,
      practitionerName,
      text: body,
    })),
    updatedAt: note.updatedAt,
  }
}

function signatureOf({ signedBy, signerName, signedAt, sha256 }: NoteRow): Note['signature'] {
  if (signedBy === null || signerName === null || signedAt === null || sha256 === null) return null
  return { practitionerId: signedBy, practitionerName: signerName, signedAt, sha256 }
}
