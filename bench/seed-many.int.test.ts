import assert from 'node:assert/strict'
import { loadContext } from '#server/records/context.ts'
import { practitionerIdOf } from '#test/support/builders.ts'
import { startWorld } from '#test/support/world.ts'
import { seedMany } from './seed-many.ts'

describe('the hospital of many patients that benchmarks ask', function () {
  this.timeout(60_000)

  it('has charts as long as they say', async () => {
    const world = await startWorld()
    try {
      const { db } = world.house
      const { doctor } = world.people
      const where = { organizationId: doctor.organizationId, practitionerId: practitionerIdOf(doctor) }
      const { ordinary, longest } = await seedMany(db, { ...where, patients: 2 })
      assert.deepEqual([ordinary.length, longest.length], [1, 1])
      for (const id of [...ordinary, ...longest]) {
        const context = await db.read((tx) => loadContext(tx, id))
        assert.equal(context?.conditions.length, 4)
        assert.equal(context.medications.length, 4)
      }
    } finally {
      await world.close()
    }
  })
})
