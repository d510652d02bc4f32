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
      assert.ok(pictures <= 20, `after ${pictures} pictures`)
    } finally {
      await outbox.close()
      await db.close()
    }
  })
})
