import assert from 'node:assert/strict'
import { minuteMs } from '#shared/time.ts'
import type { ConsultId } from '#shared/ids.ts'
import { aLiveVisit } from '#test/support/consults.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { findConsult } from './consults.store.ts'
import { participantsOf } from './participants.store.ts'

describe('a visit that both have left without a word', function () {
  this.timeout(60_000)
  let world: World

  before(async () => {
    world = await startWorld({ media: true })
  })
  after(() => world.close())

  const stored = (id: ConsultId) => world.house.db.read((tx) => findConsult(tx, id))
  const online = (id: ConsultId) =>
    world.house.db.read(
      async (tx) => (await participantsOf(tx, id)).filter(({ presence }) => presence === 'online').length,
    )

  it('ends by itself after a quarter of an hour, but not while one of them is there', async () => {
    const attended = await aLiveVisit(world)
    const deserted = await aLiveVisit(world)
    attended.patient.socket.drop()
    deserted.patient.socket.drop()
    deserted.doctor.socket.drop()
    await waitFor('they are away', async () => (await online(deserted.consultId)) === 0)
    await waitFor('the patient is away', async () => (await online(attended.consultId)) === 1)

    world.clock.advance(16 * minuteMs)
    await waitFor(
      'the visit has ended',
      async () => (await stored(deserted.consultId))?.state === 'ended',
      20_000,
    )
    const ended = await stored(deserted.consultId)
    assert.equal(ended?.endReason, 'abandoned')
    assert.ok(ended.encounterId, 'the encounter stays, for the note')
    assert.equal((await stored(attended.consultId))?.state, 'live')
  })
})
