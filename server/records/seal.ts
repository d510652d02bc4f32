import { createHash } from 'node:crypto'
import type { EncounterId, NoteId, PractitionerId } from '#shared/ids.ts'
import type { NoteContent } from '#shared/records.ts'
import type { Instant } from '#shared/time.ts'

/** All that a signature vouches for. */
export type SealedNote = {
  noteId: NoteId
  encounterId: EncounterId
  version: number
  practitionerId: PractitionerId
  signedAt: Instant
  content: NoteContent
}

/**
 * SHA-256, in hexadecimal, over the UTF-8 of a JSON array in this fixed order; anyone can compute it again from the
 * note. The first element names the form, for the day when there is another.
 */
export function sealOf({
  noteId,
  encounterId,
  version,
  practitionerId,
  signedAt,
  content,
}: SealedNote): string {
  const { subjective, objective, assessment, plan } = content
  const canonical = JSON.stringify([
    'bedside-note-1',
    noteId,
    encounterId,
    version,
    practitionerId,
    signedAt,
    subjective,
    objective,
    assessment,
    plan,
  ])
  return createHash('sha256').update(canonical, 'utf8').digest('hex')
}
