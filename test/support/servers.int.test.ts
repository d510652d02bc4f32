import assert from 'node:assert/strict'
import { createConnection } from 'mysql2/promise'
import { createClient } from 'redis'
import { sharedMariadb, startMariadb } from './mariadb.ts'
import { sharedRedis, startRedis } from './redis.ts'

describe('The databases that tests start for themselves', function () {
  this.timeout(60_000)

  it('gives two test files two MariaDB databases that do not meet', async () => {
    const mariadb = await sharedMariadb()
    const first = await createConnection(await mariadb.createDatabase('clinic'))
    const second = await createConnection(await mariadb.createDatabase('clinic'))
    await first.query('CREATE TABLE visit (id INT PRIMARY KEY)')
    const [tables] = await second.query('SHOW TABLES')
    await Promise.all([first.end(), second.end()])
    assert.deepEqual(tables, [])
    assert.equal(await sharedMariadb(), mariadb)
  })

  it('keeps what MariaDB acknowledged when it is killed and started again on the same port', async () => {
    const mariadb = await startMariadb()
    const url = await mariadb.createDatabase('clinic')
    const before = await createConnection(url)
    await before.query('CREATE TABLE visit (reason VARCHAR(40)) ENGINE=InnoDB')
    await before.query('INSERT INTO visit VALUES (?)', ['咳嗽'])
    // The server goes away under this connection; that it notices is expected.
    before.on('error', () => undefined)
    await mariadb.kill('SIGKILL')
    await assert.rejects(createConnection(url), { code: 'ECONNREFUSED' })
    await mariadb.start()
    const after = await createConnection(url)
    const [rows] = await after.query('SELECT reason FROM visit')
    await after.end()
    await mariadb.stop()
    assert.deepEqual(rows, [{ reason: '咳嗽' }])
  })

  it('starts Redis again on the same port, empty', async () => {
    const redis = await startRedis()
    const client = createClient({ url: redis.url, socket: { reconnectStrategy: false } })
    client.on('error', () => undefined)
    await client.connect()
    await client.set('room', 'taken')
    await redis.stop()
    assert.equal(redis.pid, undefined)
    await redis.start()
    const again = await createClient({ url: redis.url }).connect()
    const room = await again.get('room')
    await again.close()
    assert.equal(room, null)
  })

  it('starts one Redis for all who ask at the same time', async () => {
    const [first, second] = await Promise.all([sharedRedis(), sharedRedis()])
    assert.equal(first, second)
  })
})
