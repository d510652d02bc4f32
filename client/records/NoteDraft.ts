import type { EncounterId } from '#shared/ids.ts'
import { amendNote, readNote, saveNote, signNote, type Note, type NoteContent } from '#shared/records.ts'
import { ApiError, call } from '../platform/api.ts'
import { backoffMs } from '../platform/backoff.ts'
import { Events } from '../platform/events.ts'
import { journal } from '../platform/journal.ts'
import { emptyNote, mergeNotes, sameContent, type Draft, type NotePart } from './note-draft.ts'

/** What the draft asks of the server; given by the tests where no server is. */
export interface NoteServer {
  read: () => Promise<Note>
  save: (version: number, content: NoteContent) => Promise<Note>
  sign: (version: number) => Promise<Note>
  amend: (text: string, idempotencyKey: string) => Promise<Note>
}

export function noteServer(encounterId: EncounterId): NoteServer {
  const params = { encounterId }
  return {
    read: () => call(readNote, { params }),
    save: (version, content) => call(saveNote, { params, body: { version, content } }),
    sign: (version) => call(signNote, { params, body: { version } }),
    amend: (text, idempotencyKey) => call(amendNote, { params, body: { text, idempotencyKey } }),
  }
}

interface Options {
  /** The line between two texts that were both kept, in the doctor's language. */
  mark: () => string
  /** After the last key, in ms. */
  quietMs?: number
  retry?: { firstMs: number; maxMs: number }
}

/**
 * The note while it is written. Every change is saved a moment later; what cannot be sent stays here and is sent again;
 * a change from elsewhere is merged without losing a word. It outlives the screens that show it.
 */
export class NoteDraft {
  readonly #server: NoteServer
  readonly #options: Required<Options>
  readonly #events = new Events<{ change: [draft: Draft] }>()
  #draft: Draft = { state: 'loading', content: emptyNote, note: null, clashes: [], error: null }
  #timer: ReturnType<typeof setTimeout> | null = null
  #running: Promise<void> | null = null
  #failures = 0

  constructor(
    server: NoteServer,
    { mark, quietMs = 900, retry = { firstMs: 1000, maxMs: 15_000 } }: Options,
  ) {
    this.#server = server
    this.#options = { mark, quietMs, retry }
    globalThis.addEventListener?.('online', this.#now)
    globalThis.addEventListener?.('beforeunload', this.#warn)
  }

  get draft(): Draft {
    return this.#draft
  }

  /** True while the server does not have all of it. */
  get pending(): boolean {
    return ['unsaved', 'saving', 'offline'].includes(this.#draft.state)
  }

  onChange(listener: (draft: Draft) => void): () => void {
    return this.#events.on('change', listener)
  }

  /** Reads the note. What was typed before it came is kept. */
  async load(): Promise<void> {
    try {
      const note = await this.#server.read()
      if (
        this.#draft.note &&
        this.#draft.note.version >= note.version &&
        this.#draft.note.status === note.status
      )
        return
      this.#takeOver(note)
    } catch (error) {
      if (!this.#draft.note) this.#set({ error })
      else journal('The note could not be read again', error)
    }
  }

  write(part: NotePart, text: string): void {
    if (this.#draft.state === 'signed') return
    this.#set({
      content: { ...this.#draft.content, [part]: text },
      state: this.#draft.state === 'offline' ? 'offline' : 'unsaved',
      clashes: this.#draft.clashes.filter((clash) => clash !== part),
    })
    if (this.#draft.state !== 'offline') this.#later(this.#options.quietMs)
  }

  /** Sends what is not sent yet. Resolves when the server has it; throws when it could not be sent. */
  async flush(): Promise<void> {
    this.#stopTimer()
    await this.#running
    if (this.pending) await this.#save()
    if (!this.pending) return
    const { error } = this.#draft
    throw error instanceof Error ? error : new Error('The note is not saved yet', { cause: error })
  }

  /** Saves and signs: from now on only amendments. Throws ApiError. */
  async sign(): Promise<void> {
    await this.flush()
    const { note } = this.#draft
    if (!note) return
    this.#takeOver(await this.#server.sign(note.version))
  }

  /** Adds to a signed note. The same key adds once. Throws ApiError. */
  async amend(text: string, idempotencyKey: string): Promise<void> {
    this.#takeOver(await this.#server.amend(text, idempotencyKey))
  }

  close(): void {
    this.#stopTimer()
    globalThis.removeEventListener?.('online', this.#now)
    globalThis.removeEventListener?.('beforeunload', this.#warn)
    this.#events.clear()
  }

  async #save(): Promise<void> {
    this.#stopTimer()
    if (this.#running) {
      await this.#running
      return
    }
    this.#running = this.#saveOnce().finally(() => {
      this.#running = null
    })
    await this.#running
  }

  async #saveOnce(): Promise<void> {
    const { note, content } = this.#draft
    if (!note || note.status === 'signed') return
    this.#set({ state: 'saving' })
    try {
      const saved = await this.#server.save(note.version, content)
      this.#failures = 0
      const more = !sameContent(this.#draft.content, content)
      this.#set({ note: saved, state: more ? 'unsaved' : 'saved', error: null })
      if (more) this.#later(this.#options.quietMs)
    } catch (error) {
      await this.#refused(error)
    }
  }

  async #refused(error: unknown): Promise<void> {
    const code = error instanceof ApiError ? error.code : null
    if (code === 'stale_version' || code === 'already_signed') {
      try {
        this.#takeOver(await this.#server.read())
        return
      } catch (reading) {
        journal('The other version of the note could not be read', reading)
      }
    }
    this.#set({ state: 'offline', error })
    const wait = error instanceof ApiError ? error.retryAfterMs : null
    this.#later(wait ?? backoffMs(this.#failures, this.#options.retry))
    this.#failures += 1
  }

  /** The server's note becomes the base; our changes since the former base go on top. */
  #takeOver(note: Note): void {
    const { content, note: base } = this.#draft
    const before = base?.content ?? emptyNote
    if (note.status === 'signed') {
      // What was typed after somebody signed elsewhere is not part of the note, and must not vanish either.
      const left = base !== null && this.pending && !sameContent(content, note.content)
      this.#set({ note, state: 'signed', content: left ? content : note.content, error: null, clashes: [] })
      return
    }
    const { content: merged, clashes } = mergeNotes(before, content, note.content, this.#options.mark())
    const same = sameContent(merged, note.content)
    this.#set({ note, content: merged, clashes, state: same ? 'saved' : 'unsaved', error: null })
    if (!same) this.#later(this.#options.quietMs)
  }

  #later(ms: number): void {
    this.#stopTimer()
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#save()
    }, ms)
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  readonly #now = (): void => {
    if (this.pending) void this.#save()
  }

  readonly #warn = (event: Event): void => {
    if (this.pending) event.preventDefault()
  }

  #set(part: Partial<Draft>): void {
    this.#draft = { ...this.#draft, ...part }
    this.#events.emit('change', this.#draft)
  }
}
