import assert from 'node:assert/strict'
import { join } from 'node:path'
import { createServer } from '#server/compose.ts'
import type { RunningServer } from '#server/compose.ts'
import { parseConfig } from '#server/config.ts'
import { organizationEntity, practitionerEntity, userEntity } from '#server/identity/people.entity.ts'
import { patientEntity } from '#server/records/patient.entity.ts'
import { scheduleEntity } from '#server/scheduling/schedule.entity.ts'
import { sharedMariadb } from '#test/support/mariadb.ts'
import { tempFolder } from '#test/support/temp.ts'
import { TestClock } from '#test/support/test-clock.ts'
import { clinics, doctors, hospital, patients, staff } from './cast.ts'

describe('founding the demo clinic on mariadb', function () {
  this.timeout(60_000)
  let servers: RunningServer[] = []
  afterEach(() => Promise.all(servers.map((server) => server.close())))

  it('makes one clinic, with each of its people once, when servers start at once on an empty database', async () => {
    const settings = {
      NODE_ENV: 'test',
      PORT: '0',
      BEDSIDE_DEMO: '1',
      DATABASE_URL: await (await sharedMariadb()).createDatabase('founding'),
      BEDSIDE_SECRET: 'b3X9wq7LrT2uVn5Zk8PmJd4HsFy6CgEaNiQoRtUv',
      LOG_LEVEL: 'error',
    }
    const clock = new TestClock()
    const started = await Promise.allSettled(
      ['one', 'two', 'three'].map(async (name) => {
        const config = parseConfig({ ...settings, DATA_DIR: join(await tempFolder(name), 'data') })
        return createServer(config, { clock, clientDir: null, sfus: new Map() })
      }),
    )
    servers = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    assert.deepEqual(
      started.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])),
      [],
    )
    const made = await servers[0]?.house.db.read(async ({ manager }) => ({
      organizations: (await manager.find(organizationEntity)).map(({ name }) => name).toSorted(),
      practitioners: await manager.count(practitionerEntity),
      schedules: await manager.count(scheduleEntity),
      users: await manager.count(userEntity),
      patients: await manager.count(patientEntity),
    }))
    assert.deepEqual(made, {
      organizations: [hospital, ...clinics].map(({ name }) => name).toSorted(),
      practitioners: doctors.length,
      schedules: doctors.length,
      users: staff.length + doctors.length + patients.filter(({ email }) => email).length,
      patients: patients.length,
    })
  })
})
