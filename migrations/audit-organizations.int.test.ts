import { deepEqual, equal } from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { DataSource } from 'typeorm'
import { auditEventEntity, type AuditRow } from '#server/audit/audit.entity.ts'
import { createAudit } from '#server/audit/index.ts'
import { entities } from '#server/compose.ts'
import { organizationsOfUsers } from '#server/identity/index.ts'
import { systemClock } from '#server/platform/clock.ts'
import { systemContext } from '#server/platform/context.ts'
import { deriveKeys } from '#server/platform/crypto.ts'
import { openDatabase, type Database } from '#server/platform/db.ts'
import { createLog } from '#server/platform/log.ts'
import { organizationsOfPatients } from '#server/records/index.ts'
import { sharedMariadb } from '#test/support/mariadb.ts'
import { tempFolder } from '#test/support/temp.ts'
import { migrations } from './index.ts'

const keys = deriveKeys('b3X9wq7LrT2uVn5Zk8PmJd4HsFy6CgEaNiQoRtUv')
const id = (n: number) => `0190b5a0-0000-7000-8000-${String(n).padStart(12, '0')}`
const [hospital, doctor, patient, stranger] = [id(1), id(2), id(3), id(9)]

/** Action, kind of who did it, who did it, patient, kind of thing, thing; and what the entry is to be given. */
type Deed = [string, string, string | null, string | null, string | null, string | null]
type Owners = { by: string | null; about: string | null }
const deeds: [Deed, Owners][] = [
  [['chart.read', 'user', doctor, patient, null, null], { by: hospital, about: hospital }],
  [['clinic.read', 'user', doctor, null, null, null], { by: hospital, about: null }],
  [['session.begin', 'anonymous', null, null, 'user', doctor], { by: null, about: hospital }],
  [['organization.add', 'system', 'setup', null, 'organization', hospital], { by: null, about: hospital }],
  [['summary.read', 'guest', patient, patient, null, null], { by: null, about: hospital }],
  [['session.begin', 'anonymous', null, null, null, null], { by: null, about: null }],
  [['chart.read', 'user', stranger, stranger, null, null], { by: null, about: null }],
]

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`An audit trail from before entries knew organizations (${engine})`, function () {
    this.timeout(60_000)
    let db: Database

    before(async () => {
      const url = engine === 'mariadb' ? await (await sharedMariadb()).createDatabase('trail') : null
      const sqliteFile = join(await tempFolder('trail'), 'bedside.sqlite')
      await writeAsBefore(url, sqliteFile)
      db = await openDatabase({ url, sqliteFile, entities, migrations, log: createLog({ level: 'silent' }) })
    })
    after(() => db.close())

    const rows = () => db.read((tx) => tx.manager.find(auditEventEntity, { order: { sequence: 'ASC' } }))
    const audit = () => {
      const custodians = { ofPatients: organizationsOfPatients, ofUsers: organizationsOfUsers }
      return createAudit({ db, clock: systemClock, keys, custodians })
    }
    const change = (to: Partial<AuditRow>) =>
      db.write(async (tx) => void (await tx.manager.update(auditEventEntity, { sequence: 1 }, to)))

    it('is given them where they can be told', async () => {
      deepEqual(
        (await rows()).map((row) => ({ by: row.organizationId, about: row.custodianId })),
        deeds.map(([, owners]) => owners),
      )
    })

    it('is still whole, and goes on with entries whose hash covers them', async () => {
      equal((await audit().verify()).broken, null)
      await audit().record(systemContext('test', createLog({ level: 'silent' })), { action: 'chart.read' })
      equal((await audit().verify()).broken, null)
      const versions = (await rows()).map(({ hashVersion }) => hashVersion)
      deepEqual(versions, [...deeds.map(() => 1), 2])
    })

    it('shows an old entry that was altered, or passed off as a new one', async () => {
      const broken = { sequence: 1, kind: 'altered' }
      await change({ hashVersion: 2 })
      deepEqual((await audit().verify()).broken, broken)
      await change({ hashVersion: 1, action: 'chart.print' })
      deepEqual((await audit().verify()).broken, broken)
    })
  })
}

/** As the product wrote it before this migration, said here once more: what is released stays as it is. */
async function writeAsBefore(url: string | null, sqliteFile: string): Promise<void> {
  const released = migrations.slice(0, 17)
  const common = { migrations: released, migrationsTransactionMode: 'each', synchronize: false } as const
  const source = new DataSource(
    url === null
      ? { ...common, type: 'better-sqlite3', database: sqliteFile }
      : { ...common, type: 'mysql', url, charset: 'utf8mb4_bin' },
  )
  await source.initialize()
  await source.runMigrations()
  const insert = (table: string, row: Record<string, unknown>) =>
    source.query(
      `INSERT INTO ${source.driver.escape(table)} (${Object.keys(row).join()}) VALUES (${Object.keys(row).map(() => '?').join()})`, // prettier-ignore
      Object.values(row),
    )
  await insert('organization', {
    id: hospital,
    name: 'Riverside',
    kind: 'hospital',
    zone: 'UTC',
    created_at: 1,
  })
  const named = { organization_id: hospital, display_name: 'Somebody', locale: 'en', created_at: 1 }
  const account = { role: 'practitioner', email: 'doctor@example.org', password_hash: '', active: 1 }
  await insert('user', { ...named, ...account, id: doctor })
  await insert('patient', { ...named, id: patient, birth_date: '1970-01-01', gender: 'other', updated_at: 1 })

  let previous = '0'.repeat(64)
  for (const [n, [[action, actorKind, actorId, patientId, entityKind, entityId]]] of deeds.entries()) {
    const content = [n + 1, 1_700_000_000_000, action, 'success', actorKind, actorId, patientId, entityKind, entityId, 'request', null] // prettier-ignore
    const text = JSON.stringify(['bedside-audit/1', ...content, previous])
    const hash = createHmac('sha256', keys.audit).update(text).digest('hex')
    const [sequence, at, , outcome] = content
    await insert('audit_event', {
      ...{ sequence, at, action, outcome, actor_kind: actorKind, actor_id: actorId, patient_id: patientId },
      ...{ entity_kind: entityKind, entity_id: entityId, request_id: 'request', ip_hash: null },
      ...{ previous_hash: previous, hash },
    })
    previous = hash
  }
  await source.query('UPDATE audit_head SET sequence = ?, hash = ?', [deeds.length, previous])
  await source.destroy()
}
