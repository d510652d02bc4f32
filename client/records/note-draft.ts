import type { Note, NoteContent } from '#shared/records.ts'

export const noteParts = ['subjective', 'objective', 'assessment', 'plan'] as const
export type NotePart = (typeof noteParts)[number]

export const emptyNote: NoteContent = { subjective: '', objective: '', assessment: '', plan: '' }

export function sameContent(a: NoteContent, b: NoteContent): boolean {
  return noteParts.every((part) => a[part] === b[part])
}

export interface Merged {
  readonly content: NoteContent
  /** Parts that both have changed: they hold both texts, `mark` between them. */
  readonly clashes: readonly NotePart[]
}

/**
 * Brings our text together with what was saved elsewhere meanwhile, part by part. Never loses a word: where both have
 * changed the same part it keeps ours and puts theirs below `mark`.
 */
export function mergeNotes(base: NoteContent, mine: NoteContent, theirs: NoteContent, mark: string): Merged {
  const clashes: NotePart[] = []
  const content = { ...mine }
  for (const part of noteParts) {
    if (mine[part] === theirs[part] || theirs[part] === base[part]) continue
    if (mine[part] === base[part]) content[part] = theirs[part]
    else {
      clashes.push(part)
      content[part] = `${mine[part]}\n\n${mark}\n${theirs[part]}`
    }
  }
  return { content, clashes }
}

/**
 * saved: the server has it; unsaved: it will be sent in a moment; saving; offline: it could not be sent and is kept
 * here, tried again; merged: somebody else saved meanwhile and both texts were kept; signed: for good.
 */
export type DraftState = 'loading' | 'saved' | 'unsaved' | 'saving' | 'offline' | 'signed'

export interface Draft {
  readonly state: DraftState
  readonly content: NoteContent
  /** As the server knows it; null before it was read. */
  readonly note: Note | null
  /** Parts that need a look, because both texts were kept. */
  readonly clashes: readonly NotePart[]
  readonly error: unknown
}
