import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pino } from 'pino'
import { minuteMs } from '#shared/time.ts'
import { TestClock } from '#test/support/test-clock.ts'
import { tempFolder } from '#test/support/temp.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { migrations } from '../../migrations/index.ts'
import { openDatabase } from './db.ts'
import { createOutbox, outboxEntity } from './outbox.ts'

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
        outbox.on('picture.sent', async () => {
          if (++deliveries > 1) return
          await gate.promise
          throw new Error('the archive is away')
        })
        outbox.on('visit.booked', async () => void told.push('booked'))
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
      outbox.on('picture.sent', async () => {
        inVain++
        // So slow to fail that it is due again at once.
        clock.advance(2 * minuteMs)
        throw new Error('the archive is away')
      })
      outbox.on('visit.booked', async () => void (before = inVain))
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
})
