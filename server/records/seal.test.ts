import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { EncounterId, NoteId, PractitionerId } from '#shared/ids.ts'
import { sealOf } from './seal.ts'

const id = '01890a5d-ac96-774b-bcce-b302099a8057'
const note = {
  noteId: NoteId.parse(id),
  encounterId: EncounterId.parse(id),
  version: 3,
  practitionerId: PractitionerId.parse(id),
  signedAt: 1_790_000_000_000,
  content: { subjective: 'a', objective: '', assessment: '贫血', plan: 'c' },
}

describe('the seal of a signed note', () => {
  it('is the SHA-256 that anyone can compute again from what is documented', () => {
    const text = `["bedside-note-1","${id}","${id}",3,"${id}",1790000000000,"a","","贫血","c"]`
    assert.equal(sealOf(note), createHash('sha256').update(text).digest('hex'))
  })

  it('does not fit when anything was changed, or moved from one part to another', () => {
    const seals = [
      note,
      { ...note, version: 4 },
      { ...note, signedAt: note.signedAt + 1 },
      { ...note, content: { ...note.content, plan: 'd' } },
      { ...note, content: { ...note.content, subjective: '', objective: 'a' } },
    ].map(sealOf)
    assert.equal(new Set(seals).size, seals.length)
  })
})
