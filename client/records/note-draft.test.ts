import assert from 'node:assert/strict'
import type { Note, NoteContent } from '#shared/records.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { ApiError } from '../platform/api.ts'
import { emptyNote, mergeNotes } from './note-draft.ts'
import { NoteDraft, type NoteServer } from './NoteDraft.ts'

const text = (part: Partial<NoteContent>): NoteContent => ({ ...emptyNote, ...part })

describe('Two texts of one note', () => {
  const base = text({ subjective: 'Cough.', plan: 'Rest.' })

  it('are brought together when each has changed another part', () => {
    const { content, clashes } = mergeNotes(
      base,
      { ...base, plan: 'Rest. Tea.' },
      { ...base, subjective: 'Cough, fever.' },
      '---',
    )
    assert.deepEqual(content, { ...base, subjective: 'Cough, fever.', plan: 'Rest. Tea.' })
    assert.deepEqual(clashes, [])
  })

  it('are both kept when both have changed the same part', () => {
    const { content, clashes } = mergeNotes(
      base,
      { ...base, plan: 'Rest. Tea.' },
      { ...base, plan: 'Antibiotic.' },
      '--- other ---',
    )
    assert.equal(content.plan, 'Rest. Tea.\n\n--- other ---\nAntibiotic.')
    assert.deepEqual(clashes, ['plan'])
  })

  it('are one when they are the same', () => {
    const same = { ...base, plan: 'Tea.' }
    assert.deepEqual(mergeNotes(base, same, same, '---'), { content: same, clashes: [] })
  })
})

/** A note as the server keeps it, with the same refusals; `down` makes it unreachable. */
class KeptNote implements NoteServer {
  note: Note = {
    id: '01890000-0000-7000-8000-000000000001' as Note['id'],
    encounterId: '01890000-0000-7000-8000-000000000002' as Note['encounterId'],
    status: 'draft',
    version: 1,
    content: emptyNote,
    signature: null,
    amendments: [],
    updatedAt: 0,
  }
  down = false
  saves = 0

  read = async () => this.#answer()
  save = async (version: number, content: NoteContent) => {
    this.#reach()
    this.saves += 1
    if (this.note.status === 'signed') throw refusal('already_signed')
    if (version !== this.note.version) throw refusal('stale_version')
    this.note = { ...this.note, version: version + 1, content }
    return this.#answer()
  }
  sign = async (version: number) => {
    this.#reach()
    if (version !== this.note.version) throw refusal('stale_version')
    this.note = { ...this.note, version: version + 1, status: 'signed' }
    return this.#answer()
  }
  amend = async () => this.#answer()

  #answer(): Note {
    this.#reach()
    return structuredClone(this.note)
  }

  #reach(): void {
    if (this.down) throw new ApiError({ code: 'offline', title: 'away', retryable: true })
  }
}

function refusal(code: 'stale_version' | 'already_signed'): ApiError {
  return new ApiError({ code, title: code, status: 409, retryable: false })
}

describe('The draft of a note', () => {
  let server: KeptNote
  let draft: NoteDraft

  beforeEach(async () => {
    server = new KeptNote()
    draft = new NoteDraft(server, { mark: () => '---', quietMs: 5, retry: { firstMs: 10, maxMs: 20 } })
    await draft.load()
  })
  afterEach(() => {
    draft.close()
  })
  const saved = () => waitFor('the draft is saved', () => draft.draft.state === 'saved')

  it('saves itself a moment after the last key, once for many keys', async () => {
    for (const so of ['C', 'Co', 'Cou', 'Cough']) draft.write('subjective', so)
    await saved()
    assert.equal(server.note.content.subjective, 'Cough')
    assert.equal(server.saves, 1)
  })

  it('keeps what is typed while the service is away, says so, and saves it afterwards', async () => {
    server.down = true
    draft.write('plan', 'Rest.')
    await waitFor('the draft says that it is not saved', () => draft.draft.state === 'offline')
    draft.write('plan', 'Rest. Tea.')
    assert.equal(draft.draft.state, 'offline')
    assert.equal(draft.draft.content.plan, 'Rest. Tea.')
    server.down = false
    await saved()
    assert.equal(server.note.content.plan, 'Rest. Tea.')
  })

  it('loses no word when the note was changed elsewhere meanwhile', async () => {
    server.note = {
      ...server.note,
      version: 7,
      content: text({ plan: 'Antibiotic.', objective: 'Clear lungs.' }),
    }
    draft.write('plan', 'Tea.')
    await waitFor('both texts are saved', () => server.note.content.plan.includes('Tea.'))
    assert.equal(server.note.content.plan, 'Tea.\n\n---\nAntibiotic.')
    assert.equal(server.note.content.objective, 'Clear lungs.')
    assert.deepEqual(draft.draft.clashes, ['plan'])
  })

  it('signs only what is saved', async () => {
    draft.write('assessment', 'Common cold.')
    await draft.sign()
    assert.equal(draft.draft.state, 'signed')
    assert.equal(server.note.content.assessment, 'Common cold.')
  })

  it('does not sign while the service is away', async () => {
    draft.write('assessment', 'Common cold.')
    server.down = true
    await assert.rejects(draft.sign(), { code: 'offline' })
    assert.equal(server.note.status, 'draft')
    assert.equal(draft.draft.content.assessment, 'Common cold.')
  })

  it('shows what was typed too late when the note was signed elsewhere', async () => {
    server.note = { ...server.note, version: 2, status: 'signed', content: text({ plan: 'Rest.' }) }
    draft.write('plan', 'Rest. Tea.')
    await waitFor('the draft knows that it is signed', () => draft.draft.state === 'signed')
    assert.equal(draft.draft.note?.content.plan, 'Rest.')
    assert.equal(draft.draft.content.plan, 'Rest. Tea.')
  })
})
