import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pino } from 'pino'
import { dayMs, hourMs, minuteMs } from '#shared/time.ts'
import { TestClock } from '#test/support/test-clock.ts'
import { tempFolder } from '#test/support/temp.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { migrations } from '../../migrations/index.ts'
import { openDatabase } from './db.ts'
import { createOutbox, outboxEntity } from './outbox.ts'
import type { DomainEvent } from './outbox.ts'

const log = pino({ level: 'silent' })

describe('events on their way', function () {
  this.timeout(20_000)

  it('are not delivered by a second server while the first one is at it, and are tried again when it fails', async () => {
    const sqliteFile = join(await tempFolder('outbox'), 'bedside.sqlite')
    const db = await openDatabase({ url: null, sqliteFile, entities: [outboxEntity], migrations, log })
    const clock = new TestClock()
    const servers = [1, 2].map(() => createOutbox({ db, clock, log }))
    const gate = Promise.withResolvers<void>()
    try {
      let deliveries = 0
      const told: string[] = []
      for (const outbox of servers) {
        outbox.on('picture.sent', { as: 'archive' }, async () => {
          if (++deliveries > 1) return
          await gate.promise
          throw new Error('the archive is away')
        })
        outbox.on('visit.booked', { as: 'letters' }, async () => void told.push('booked'))
      }
      const [first, second] = servers
      await db.write(async (tx) => first?.add(tx, { name: 'picture.sent' }))
      await waitFor('the first server is at it', () => deliveries === 1)
      clock.advance(minuteMs)
      await db.write(async (tx) => second?.add(tx, { name: 'visit.booked' }))
      await waitFor('the second server has looked', () => told.length === 1)
      assert.equal(deliveries, 1)

      gate.resolve()
      await first?.close()
      clock.advance(minuteMs)
      second?.start()
      await waitFor('it is tried again', () => deliveries === 2)
    } finally {
      gate.resolve()
      for (const outbox of servers) await outbox.close()
      await db.close()
    }
  })

  it('wait no longer than a round for others whose receiver is away', async () => {
    const sqliteFile = join(await tempFolder('outbox'), 'bedside.sqlite')
    const db = await openDatabase({ url: null, sqliteFile, entities: [outboxEntity], migrations, log })
    const clock = new TestClock()
    const outbox = createOutbox({ db, clock, log })
    try {
      let inVain = 0
      let before: number | null = null
      outbox.on('picture.sent', { as: 'archive' }, async () => {
        inVain++
        // So slow to fail that it is due again at once.
        clock.advance(2 * minuteMs)
        throw new Error('the archive is away')
      })
      outbox.on('visit.booked', { as: 'letters' }, async () => void (before = inVain))
      await db.write(async (tx) => {
        for (let n = 0; n < 12; n++) await outbox.add(tx, { name: 'picture.sent', n })
        clock.advance(1)
        await outbox.add(tx, { name: 'visit.booked' })
      })
      const pictures = await waitFor('the booking is told', () => before)
      assert.ok(pictures !== null && pictures <= 20, `after ${pictures} pictures`)
    } finally {
      await outbox.close()
      await db.close()
    }
  })

  it('wait for others of their own receiver only, however long that one takes', async () => {
    const { outbox, db, close } = await anOutbox()
    const gate = Promise.withResolvers<void>()
    try {
      let hanging = 0
      let mostHanging = 0
      const told = { letters: 0, consult: 0, arrived: 0 }
      outbox.on('picture.sent', { as: 'archive' }, async () => {
        mostHanging = Math.max(mostHanging, ++hanging)
        await gate.promise
        hanging--
        told.arrived++
      })
      outbox.on('visit.cancelled', { as: 'letters' }, async () => {
        await gate.promise
        told.letters++
      })
      outbox.on('visit.cancelled', { as: 'consult' }, async () => void told.consult++)
      await db.write(async (tx) => {
        for (let n = 0; n < 30; n++) await outbox.add(tx, { name: 'picture.sent', n })
        for (let n = 0; n < 30; n++) await outbox.add(tx, { name: 'visit.cancelled', n })
      })
      await waitFor('the consults know of all that was cancelled', () => told.consult === 30)
      assert.deepEqual(told, { letters: 0, consult: 30, arrived: 0 })
      assert.ok(mostHanging <= 10, `${mostHanging} pictures at once`)
      gate.resolve()
      await waitFor('the rest is told as well', () => told.letters === 30 && told.arrived === 30)
    } finally {
      gate.resolve()
      await close()
    }
  })

  it('are tried again for the receiver that failed, not for the other one', async () => {
    const { outbox, db, clock, close } = await anOutbox()
    try {
      const told: string[] = []
      outbox.on('visit.cancelled', { as: 'consult' }, async () => void told.push('consult'))
      outbox.on('visit.cancelled', { as: 'letters' }, async () => {
        told.push('letter')
        if (told.filter((who) => who === 'letter').length < 3) throw new Error('the mail server is away')
      })
      outbox.start()
      await db.write((tx) => outbox.add(tx, { name: 'visit.cancelled' }))
      await waitFor('nothing is left to tell', async () => {
        clock.advance(minuteMs)
        return (await db.read((tx) => tx.manager.count(outboxEntity))) === 0
      })
      assert.deepEqual(told.toSorted(), ['consult', 'letter', 'letter', 'letter'])
    } finally {
      await close()
    }
  })

  it('are settled by who gives them up, after the last attempt and after servers died over it', async () => {
    const { outbox, db, clock, close } = await anOutbox()
    try {
      const tried: unknown[] = []
      const givenUp: unknown[] = []
      const receiver = {
        as: 'archive',
        givenUp: async ({ n }: DomainEvent) => {
          givenUp.push(n)
          // Giving up may fail too: then it is tried again, not forgotten.
          if (givenUp.length === 1) throw new Error('the database is away')
        },
      }
      outbox.on('picture.sent', receiver, async ({ n }) => {
        tried.push(n)
        throw new Error('the archive is away')
      })
      outbox.start()
      await db.write((tx) => outbox.add(tx, { name: 'picture.sent', n: 1 }))
      await waitFor('the first try has failed', () => tried.length === 1)
      await db.write((tx) => tx.manager.update(outboxEntity, { name: 'picture.sent' }, { attempts: 19 }))
      await waitFor('it is given up', async () => {
        clock.advance(2 * minuteMs)
        return (await db.read((tx) => tx.manager.count(outboxEntity))) === 0
      })
      assert.deepEqual([tried, givenUp], [[1, 1], [1, 1]]) // prettier-ignore

      // Twenty servers took it and died: nobody saw it fail.
      const row = { id: 'x'.repeat(36), at: 0, name: 'picture.sent', payload: JSON.stringify({ n: 2 }) }
      await db.write((tx) => tx.manager.insert(outboxEntity, { ...row, attempts: 20, dueAt: 0 }))
      await waitFor('it is given up without one more try', () => givenUp.length === 3)
      assert.deepEqual([tried.length, givenUp[2]], [2, 2])
    } finally {
      await close()
    }
  })

  it('that a server does not know yet wait for one that does, and for one receiver alone too', async () => {
    const { outbox, db, clock, close } = await anOutbox()
    const newer = createOutbox({ db, clock, log })
    const rows = () => db.read((tx) => tx.manager.find(outboxEntity))
    try {
      const told: string[] = []
      for (const one of [outbox, newer])
        one.on('visit.booked', { as: 'letters' }, async () => void told.push('letter'))
      newer.on('visit.rated', { as: 'quality' }, async () => void told.push('rating'))
      newer.on('visit.booked', { as: 'quality' }, async () => void told.push('booking'))
      const now = clock.now()
      const row = { at: now, payload: '{}', attempts: 0, dueAt: now }
      await db.write((tx) =>
        tx.manager.insert(outboxEntity, [
          { ...row, id: 'a'.repeat(36), name: 'visit.rated' },
          { ...row, id: 'b'.repeat(36), name: 'visit.booked>quality' },
          { ...row, id: 'c'.repeat(36), name: 'visit.booked>letters' },
        ]),
      )
      outbox.start()
      await waitFor('the older server has looked', async () =>
        (await rows()).every(({ dueAt }) => dueAt > now),
      )
      await waitFor('what it knows is told', () => told.length === 1)
      await outbox.close()
      clock.advance(hourMs)
      newer.start()
      await waitFor('the newer server has told the rest', async () => (await rows()).length === 0)
      assert.deepEqual(told.toSorted(), ['booking', 'letter', 'rating'])
    } finally {
      await newer.close()
      await close()
    }
  })

  it('that nobody has received in 30 days are dropped', async () => {
    const { outbox, db, clock, close } = await anOutbox()
    const left = () => db.read((tx) => tx.manager.count(outboxEntity))
    try {
      outbox.start()
      await db.write((tx) => outbox.add(tx, { name: 'visit.rated' }))
      clock.advance(29 * dayMs)
      await waitFor('it was looked at and kept', async () =>
        (await db.read((tx) => tx.manager.find(outboxEntity))).some(({ dueAt }) => dueAt > clock.now()),
      )
      clock.advance(2 * dayMs)
      await waitFor('it is dropped', async () => (await left()) === 0)
    } finally {
      await close()
    }
  })
})

async function anOutbox() {
  const sqliteFile = join(await tempFolder('outbox'), 'bedside.sqlite')
  const db = await openDatabase({ url: null, sqliteFile, entities: [outboxEntity], migrations, log })
  const clock = new TestClock()
  const outbox = createOutbox({ db, clock, log })
  const close = async () => {
    await outbox.close()
    await db.close()
  }
  return { outbox, db, clock, close }
}
