import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'

const table = 'audit_event'
const owners = ['organization', 'custodian']
const rowsAtOnce = 5_000

/**
 * Which organization did what a row tells of, and which one keeps what it is about. Old rows get both where that can be
 * told; their hashes do not cover it, so they keep the version that says so. Said in SQL for the reason that Capture gives.
 */
export class AuditOrganizations1700000000018 implements MigrationInterface {
  name = 'AuditOrganizations1700000000018'

  async up(runner: QueryRunner): Promise<void> {
    for (const owner of owners)
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${owner}_id varchar(36) NULL`)
    await runner.query(`ALTER TABLE ${table} ADD COLUMN hash_version int NOT NULL DEFAULT 1`)
    await fill(runner)
    for (const index of indices) await runner.createIndex(table, index)
    await remake(runner, ['at', 'sequence'])
  }

  async down(runner: QueryRunner): Promise<void> {
    await remake(runner, ['at'])
    for (const index of indices) await runner.dropIndex(table, index)
    for (const column of ['hash_version', ...owners.map((owner) => `${owner}_id`)])
      await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`)
  }
}

const indices = owners.flatMap((owner) => [
  new TableIndex({ name: `${table}_${owner}`, columnNames: [`${owner}_id`, 'sequence'] }),
  new TableIndex({ name: `${table}_${owner}_action`, columnNames: [`${owner}_id`, 'action', 'sequence'] }),
])

/** With the sequence in it, where a time lies in the chain is told by the index alone. */
async function remake(runner: QueryRunner, columnNames: string[]): Promise<void> {
  await runner.dropIndex(table, `${table}_at`)
  await runner.createIndex(table, new TableIndex({ name: `${table}_at`, columnNames }))
}

/** In parts: no statement holds the rows of the whole trail. */
async function fill(runner: QueryRunner): Promise<void> {
  const ends = (await runner.query(`SELECT MAX(sequence) AS sequence FROM ${table}`)) as {
    sequence: number | string | null
  }[]
  const user = runner.connection.driver.escape('user')
  // MySQL would compare byte by byte, as the actor's column is compared, and not use the index of the other.
  const actorId =
    runner.connection.options.type === 'mysql' ? 'actor_id COLLATE utf8mb4_unicode_ci' : 'actor_id'
  const ofUser = (id: string) => `(SELECT u.organization_id FROM ${user} u WHERE u.id = ${id})`
  const ofPatient = `(SELECT p.organization_id FROM patient p WHERE p.id = patient_id)`
  for (let from = 0; from < Number(ends[0]?.sequence ?? 0); from += rowsAtOnce)
    await runner.query(
      `UPDATE ${table} SET
         organization_id = CASE WHEN actor_kind = 'user' THEN ${ofUser(actorId)} END,
         custodian_id = CASE
           WHEN patient_id IS NOT NULL THEN ${ofPatient}
           WHEN entity_kind = 'user' THEN ${ofUser('entity_id')}
           WHEN entity_kind = 'organization' THEN entity_id
         END
       WHERE sequence > ? AND sequence <= ?`,
      [from, from + rowsAtOnce],
    )
}
