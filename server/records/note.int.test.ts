import assert from 'node:assert/strict'
import type { EncounterId } from '#shared/ids.ts'
import { amendNote, readNote, saveNote, signNote } from '#shared/records.ts'
import type { Note, NoteContent } from '#shared/records.ts'
import { aBookedVisit, aKey, aNoteText, anEncounter } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { noteVersionEntity } from './note.entity.ts'
import { sealOf } from './seal.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`a visit note on ${engine}`, function () {
    this.timeout(60_000)
    let world: World
    let desk: Client
    let doctor: Client
    let encounterId: EncounterId

    before(async () => {
      world = await startWorld({ engine })
      desk = await world.signIn('scheduler')
      doctor = await world.signIn('doctor')
    })
    after(() => world.close())
    beforeEach(async () => {
      encounterId = (await anEncounter(world, await aBookedVisit(world, desk))).encounterId
    })

    const read = () => doctor.call(readNote, { params: { encounterId } })
    const save = (version: number, content: Partial<NoteContent> = {}) =>
      doctor.call(saveNote, {
        params: { encounterId },
        body: { version, content: { ...aNoteText, ...content } },
      })
    const refusedSave = (version: number, content: Partial<NoteContent> = {}) =>
      doctor.refusal(saveNote, {
        params: { encounterId },
        body: { version, content: { ...aNoteText, ...content } },
      })
    const sign = (version: number) => doctor.call(signNote, { params: { encounterId }, body: { version } })
    const versions = ({ id }: Note) =>
      world.house.db.read((tx) =>
        tx.manager.find(noteVersionEntity, { where: { noteId: id }, order: { version: 'ASC' } }),
      )

    it('is there and empty when the visit begins', async () => {
      const { status, version, content, signature } = await read()
      assert.deepEqual([status, version, signature], ['draft', 0, null])
      assert.deepEqual(content, { subjective: '', objective: '', assessment: '', plan: '' })
    })

    it('keeps what was typed, and one version for a minute of typing', async () => {
      await save(0, { plan: 'F' })
      await save(1, { plan: 'Fe' })
      const typed = await save(2, { plan: 'Ferritin' })
      assert.deepEqual([typed.version, typed.content.plan], [3, 'Ferritin'])
      world.clock.advance(61_000)
      const later = await save(3, { plan: 'Ferritin and blood count' })
      assert.deepEqual(await read(), later)
      assert.deepEqual((await versions(later)).map(({ version, plan }) => [version, plan]), [[3, 'Ferritin'], [4, 'Ferritin and blood count']]) // prettier-ignore
    })

    it('does not count saving the same again as a change', async () => {
      await save(0)
      assert.equal((await save(1)).version, 1)
    })

    it('keeps twenty thousand Chinese characters in each part', async () => {
      const long = '𠮷'.repeat(10_000)
      const content = { subjective: long, objective: long, assessment: long, plan: long }
      assert.deepEqual((await save(0, content)).content, content)
    })

    it('refuses to write over what another window saved meanwhile', async () => {
      await save(0, { plan: 'from the first window' })
      const { code, params } = await refusedSave(0, { plan: 'from the second window' })
      assert.deepEqual([code, params], ['stale_version', { version: 1 }])
      assert.equal((await read()).content.plan, 'from the first window')
    })

    it('lets one of ten windows win that save at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          doctor
            .send(saveNote, {
              params: { encounterId },
              body: { version: 0, content: { ...aNoteText, plan: `window ${n}` } },
            })
            .then(({ status }) => status),
        ),
      )
      assert.deepEqual(answers.sort(), [200, ...Array.from({ length: 9 }, () => 409)])
      assert.equal((await read()).version, 1)
    })

    it('is frozen by the signature, which says who, when and what', async () => {
      await save(0)
      const signed = await sign(1)
      assert.equal(signed.status, 'signed')
      const { signature, content } = signed
      assert.ok(signature)
      assert.equal(signature.practitionerName, world.people.doctor.displayName)
      const { practitionerId, signedAt } = signature
      const seal = sealOf({ noteId: signed.id, encounterId, version: 1, practitionerId, signedAt, content })
      assert.equal(signature.sha256, seal)
      assert.equal((await refusedSave(1, { plan: 'after the fact' })).code, 'already_signed')
      assert.deepEqual(await read(), signed)
      assert.deepEqual(await sign(1), signed)
    })

    it('is signed as it was read, and not while it is empty', async () => {
      const sign = { params: { encounterId }, body: { version: 0 } }
      assert.equal((await doctor.refusal(signNote, sign)).code, 'conflict')
      await save(0)
      assert.equal((await doctor.refusal(signNote, sign)).code, 'stale_version')
    })

    it('never changes under a signature that comes at the same moment as a save', async () => {
      await save(0)
      const [saved, signed] = await Promise.all([
        doctor.send(saveNote, {
          params: { encounterId },
          body: { version: 1, content: { ...aNoteText, plan: 'late' } },
        }),
        doctor.send(signNote, { params: { encounterId }, body: { version: 1 } }),
      ])
      assert.deepEqual([saved.status, signed.status].sort(), [200, 409])
      const note = await read()
      const text = (await versions(note)).find(({ version }) => version === note.version)
      assert.equal(text?.plan, note.content.plan)
      assert.equal(note.status, signed.ok ? 'signed' : 'draft')
      assert.equal(note.content.plan, signed.ok ? aNoteText.plan : 'late')
    })

    it('is amended after signing, once for each intention, and not before', async () => {
      await save(0)
      const body = { text: 'Ferritin was 9 µg/L.', idempotencyKey: aKey() }
      assert.equal((await doctor.refusal(amendNote, { params: { encounterId }, body })).code, 'conflict')
      await sign(1)
      await Promise.all([1, 2, 3].map(() => doctor.call(amendNote, { params: { encounterId }, body })))
      const { amendments, content } = await doctor.call(amendNote, {
        params: { encounterId },
        body: { text: 'Told the patient by phone.', idempotencyKey: aKey() },
      })
      assert.deepEqual(
        amendments.map(({ text, practitionerName }) => [text, practitionerName]),
        [
          ['Ferritin was 9 µg/L.', world.people.doctor.displayName],
          ['Told the patient by phone.', world.people.doctor.displayName],
        ],
      )
      assert.deepEqual(content, aNoteText)
    })

    it('does not take another amendment for a repeated one and lose it', async () => {
      await save(0)
      await sign(1)
      const body = { text: 'Ferritin was 9 µg/L.', idempotencyKey: aKey() }
      await doctor.call(amendNote, { params: { encounterId }, body })
      const changed = { ...body, text: 'Ferritin was 90 µg/L.' }
      const refused = await doctor.refusal(amendNote, { params: { encounterId }, body: changed })
      assert.equal(refused.code, 'conflict')

      encounterId = (await anEncounter(world, await aBookedVisit(world, desk))).encounterId
      await save(0)
      await sign(1)
      const elsewhere = await doctor.refusal(amendNote, { params: { encounterId }, body })
      assert.equal(elsewhere.code, 'conflict')
    })
  })
}
