import { deepEqual, equal, rejects } from 'node:assert/strict'
import type { Context } from '../platform/context.ts'
import { systemContext } from '../platform/context.ts'
import { DomainError } from '#shared/errors.ts'
import { OrganizationId } from '#shared/ids.ts'
import { newId } from '../platform/ids.ts'
import { startWorld, type World } from '#test/support/world.ts'
import { auditEventEntity, auditHeadEntity, type AuditRow } from './audit.entity.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`The audit trail (${engine})`, function () {
    this.timeout(60_000)
    let world: World
    let ctx: Context
    /** The row of somebody's deed that is about somebody. */
    let told: number

    before(async () => {
      world = await startWorld({ engine })
      ctx = systemContext('test', world.house.log)
      for (let count = 0; count < 20; count++) await world.house.audit.record(ctx, { action: 'chart.read' })
      const entity = { kind: 'user', id: world.people.doctor.id }
      const organizationId = world.clinic.id
      await world.house.audit.record(ctx, { action: 'person.switch_on', entity, organizationId })
      told = (await rows()).length
    })
    after(() => world.close())

    const rows = () =>
      world.house.db.read((tx) => tx.manager.find(auditEventEntity, { order: { sequence: 'ASC' } }))

    /** Does something behind the product's back, looks what the check says, and puts everything back. */
    async function whenSomeone(
      tampers: (row: (sequence: number) => AuditRow) => Promise<Partial<AuditRow>[] | void>,
    ) {
      const before = await rows()
      const head = await world.house.db.read((tx) => tx.manager.findOneByOrFail(auditHeadEntity, { id: 1 }))
      await tampers((sequence) => {
        const row = before[sequence - 1]
        if (!row) throw new Error(`there is no row ${sequence}`)
        return row
      })
      const { broken } = await world.house.audit.verify()
      await world.house.db.write(async (tx) => {
        await tx.manager.clear(auditEventEntity)
        for (const row of before) await tx.manager.insert(auditEventEntity, row)
        await tx.manager.save(auditHeadEntity, head)
      })
      equal((await world.house.audit.verify()).broken, null)
      return broken
    }
    const change = (sequence: number, to: Partial<AuditRow>) =>
      world.house.db.write(async (tx) => void (await tx.manager.update(auditEventEntity, { sequence }, to)))
    const remove = (sequence: number) =>
      world.house.db.write(async (tx) => void (await tx.manager.delete(auditEventEntity, { sequence })))

    it('is whole as long as nobody touches it, and numbers its rows without gaps', async () => {
      const { rows: count, broken } = await world.house.audit.verify()
      equal(broken, null)
      deepEqual((await rows()).map(({ sequence }) => sequence), Array.from({ length: count }, (_, n) => n + 1)) // prettier-ignore
    })

    it('names the row in which one word was changed', async () => {
      deepEqual(await whenSomeone(async () => change(7, { action: 'chart.print' })), {
        sequence: 7,
        kind: 'altered',
      })
      deepEqual(await whenSomeone(async () => change(9, { actorId: null })), { sequence: 9, kind: 'altered' })
      deepEqual(await whenSomeone(async () => change(3, { at: 1 })), { sequence: 3, kind: 'altered' })
    })

    it('names the row whose organizations were changed, so that it would be shown to others or to nobody', async () => {
      const other = newId(OrganizationId, world.clock)
      for (const to of [
        { organizationId: other },
        { organizationId: null },
        { custodianId: other },
        { custodianId: null },
        { hashVersion: 1 },
        { hashVersion: 1, organizationId: other },
        { hashVersion: 3 },
      ])
        deepEqual(await whenSomeone(async () => change(told, to)), { sequence: told, kind: 'altered' })
    })

    it('names the row that was taken out', async () => {
      deepEqual(await whenSomeone(() => remove(11)), { sequence: 11, kind: 'missing' })
      deepEqual(await whenSomeone(() => remove(1)), { sequence: 1, kind: 'missing' })
    })

    it('names the first of two rows that changed places', async () => {
      const swapped = await whenSomeone(async (row) => {
        const [a, b] = [row(5), row(6)]
        await remove(5)
        await change(6, { ...a, sequence: 5 })
        await world.house.db.write(
          async (tx) => void (await tx.manager.insert(auditEventEntity, { ...b, sequence: 6 })),
        )
        const [first, second] = [
          { ...b, sequence: 5 },
          { ...a, sequence: 6 },
        ]
        await remove(5)
        await remove(6)
        await world.house.db.write(
          async (tx) => void (await tx.manager.insert(auditEventEntity, [first, second])),
        )
      })
      deepEqual(swapped, { sequence: 5, kind: 'altered' })
    })

    it('notices that its end was cut off', async () => {
      const end = (await rows()).length
      deepEqual(await whenSomeone(() => remove(end)), { sequence: end, kind: 'missing' })
      const tail = whenSomeone(async () => {
        await remove(end)
        await remove(end - 1)
      })
      deepEqual(await tail, { sequence: end - 1, kind: 'missing' })
    })

    it('notices a row that someone without the key put behind its end', async () => {
      const end = (await rows()).length
      const forged = await whenSomeone(async (row) => {
        const added = { ...row(end), sequence: end + 1, previousHash: row(end).hash }
        await world.house.db.write(async (tx) => void (await tx.manager.insert(auditEventEntity, added)))
      })
      deepEqual(forged, { sequence: end + 1, kind: 'altered' })
    })

    it('keeps the entry and the change it tells of together, or neither', async () => {
      const before = (await rows()).length
      const failing = world.house.db.write(async (tx) => {
        world.house.audit.append(tx, ctx, { action: 'note.sign' })
        throw new DomainError('conflict')
      })
      await rejects(failing, { code: 'conflict' })
      equal((await rows()).length, before)
    })

    it('stays one chain when many write at once', async () => {
      const before = (await rows()).length
      const reads = Array.from({ length: 60 }, () => world.house.audit.record(ctx, { action: 'chart.read' }))
      const writes = Array.from({ length: 20 }, () =>
        world.house.db.write(async (tx) => {
          world.house.audit.append(tx, ctx, { action: 'note.write' })
          world.house.audit.append(tx, ctx, { action: 'note.sign' })
        }),
      )
      await Promise.all([...reads, ...writes])
      const { rows: count, broken } = await world.house.audit.verify()
      equal(broken, null)
      equal(count, before + 100)
    })

    it('can be checked while it grows', async () => {
      const growing = Promise.all(
        Array.from({ length: 100 }, () => world.house.audit.record(ctx, { action: 'chart.read' })),
      )
      const checks = await Promise.all(Array.from({ length: 10 }, () => world.house.audit.verify()))
      await growing
      deepEqual(checks.map(({ broken }) => broken), Array(10).fill(null)) // prettier-ignore
    })
  })
}

describe('The audit trail of two servers', function () {
  this.timeout(60_000)

  it('is one chain', async () => {
    const world = await startWorld({ engine: 'mariadb', servers: 2 })
    try {
      const ctx = systemContext('test', world.house.log)
      const entries = world.servers.flatMap(({ house }) =>
        Array.from({ length: 30 }, () => house.audit.record(ctx, { action: 'chart.read' })),
      )
      const changes = world.servers.flatMap(({ house }) =>
        Array.from({ length: 30 }, () =>
          house.db.write(async (tx) => house.audit.append(tx, ctx, { action: 'note.write' })),
        ),
      )
      await Promise.all([...entries, ...changes])
      const { rows, broken } = await world.house.audit.verify()
      equal(broken, null)
      equal(rows >= 120, true)
    } finally {
      await world.close()
    }
  })
})
