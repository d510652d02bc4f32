import assert from 'node:assert/strict'
import { join } from 'node:path'
import { pino } from 'pino'
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { DomainError } from '#shared/errors.ts'
import { migrations } from '../../migrations/index.ts'
import { startMariadb } from '#test/support/mariadb.ts'
import type { Mariadb } from '#test/support/mariadb.ts'
import { tempFolder } from '#test/support/temp.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { systemClock } from './clock.ts'
import { isUniqueViolation, openDatabase } from './db.ts'
import type { Database } from './db.ts'
import { claimKey, idempotencyEntity } from './idempotency.ts'
import { outboxEntity } from './outbox.ts'

const log = pino({ level: 'silent' })
const entities = [outboxEntity, idempotencyEntity]

/** An index of a large table, say. */
class Slow implements MigrationInterface {
  name = 'Slow1700000000001'
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT SLEEP(6)')
  }
  async down(): Promise<void> {}
}

for (const engine of ['sqlite', 'mysql'] as const) {
  describe(`the database door on ${engine}`, function () {
    this.timeout(60_000)
    let mariadb: Mariadb
    let db: Database

    before(async () => {
      const sqliteFile = join(await tempFolder('db'), 'bedside.sqlite')
      if (engine === 'mysql') mariadb = await startMariadb()
      const url = engine === 'mysql' ? await mariadb.createDatabase('door') : null
      db = await openDatabase({ url, sqliteFile, entities, migrations, log })
    })
    after(() => db.close())

    const claim = (key: string, resultId: string) =>
      db.write((tx) => claimKey(tx, systemClock, { scope: 'test', key, resultId }))
    const rows = (key: string) => db.read((tx) => tx.manager.countBy(idempotencyEntity, { resultId: key }))

    it('keeps fifty writes at once apart', async () => {
      await Promise.all(Array.from({ length: 50 }, (_, n) => claim(`key-${n}`, 'fifty')))
      assert.equal(await rows('fifty'), 50)
    })

    it('lets one of twenty equal keys win, and tells the others what it made', async () => {
      const results = await Promise.all(Array.from({ length: 20 }, (_, n) => claim('same', `made-${n}`)))
      const winners = results.filter((result) => result === null)
      assert.equal(winners.length, 1)
      assert.equal(new Set(results.filter((result) => result !== null)).size, 1)
    })

    it('leaves nothing behind when the work fails, and runs no hook after it', async () => {
      let told = false
      const failing = db.write(async (tx) => {
        tx.afterCommit(() => (told = true))
        await claimKey(tx, systemClock, { scope: 'test', key: 'undone', resultId: 'undone' })
        throw new DomainError('conflict')
      })
      await assert.rejects(failing, { code: 'conflict' })
      assert.equal(await rows('undone'), 0)
      assert.equal(told, false)
    })

    it('runs a hook once for its key, after the work and before the commit', async () => {
      const order: string[] = []
      await db.write(async (tx) => {
        tx.beforeCommit('head', async () => void order.push('hook'))
        tx.beforeCommit('head', async () => void order.push('second hook'))
        tx.afterCommit(() => order.push('committed'))
        order.push('work')
      })
      assert.deepEqual(order, ['work', 'hook', 'committed'])
    })

    it('knows a lost race for a unique key', async () => {
      const row = { scope: 's', keyHash: 'h', resultId: 'r', at: 1 }
      await db.write((tx) => tx.manager.insert(idempotencyEntity, row))
      const second = db.write((tx) => tx.manager.insert(idempotencyEntity, row))
      await assert.rejects(second, (error) => isUniqueViolation(error))
    })

    if (engine === 'mysql') {
      it('lets a migration take longer than any other statement may', async () => {
        const url = await mariadb.createDatabase('slow')
        const migrated = await openDatabase({ url, sqliteFile: '', entities, migrations: [Slow], log })
        await migrated.ping(1_000)
        await migrated.close()
      })

      it('says that a frozen database does not answer, and goes on when it does', async () => {
        await mariadb.kill('SIGSTOP')
        try {
          const silent = (error: unknown) => error instanceof DomainError && error.code === 'unavailable'
          await waitFor('the database to fall silent', () => db.ping(500).then(() => false, silent))
          await assert.rejects(rows('fifty'), { code: 'unavailable' })
        } finally {
          await mariadb.kill('SIGCONT')
        }
        assert.equal(await waitFor('an answer', () => rows('fifty')), 50)
      })

      it('comes back by itself after the database was stopped and started', async () => {
        await mariadb.stop()
        await assert.rejects(claim('away', 'away'), { code: 'unavailable' })
        await mariadb.start()
        await waitFor('a write', async () => (await claim('back', 'back')) === null)
      })
    }
  })
}
