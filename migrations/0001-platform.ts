import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { columnsOf } from './columns.ts'

/** What any service needs: the outbox, keys of repeated requests, and the audit chain with its head. */
export class Platform1700000000001 implements MigrationInterface {
  name = 'Platform1700000000001'

  async up(runner: QueryRunner): Promise<void> {
    if (runner.connection.options.type === 'mysql') {
      // Servers differ in their defaults; from here on every table compares people's texts in the same way.
      const name = runner.connection.driver.database ?? ''
      await runner.query(`ALTER DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
    }
    const column = columnsOf(runner)
    await runner.createTable(
      new Table({
        name: 'outbox',
        columns: [
          column.id('id', { isPrimary: true }),
          column.instant('at'),
          column.word('name', 80),
          column.text('payload'),
          column.integer('attempts'),
          column.instant('due_at'),
        ],
        indices: [new TableIndex({ name: 'outbox_due', columnNames: ['due_at'] })],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'idempotency',
        columns: [
          column.word('scope', 120, { isPrimary: true }),
          column.hash('key_hash', { isPrimary: true }),
          column.id('result_id'),
          column.instant('at'),
        ],
        indices: [new TableIndex({ name: 'idempotency_at', columnNames: ['at'] })],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'audit_event',
        columns: [
          column.big('sequence', { isPrimary: true }),
          column.instant('at'),
          column.word('action', 80),
          column.word('outcome', 10),
          column.word('actor_kind', 10),
          column.word('actor_id', 64, { isNullable: true }),
          column.id('patient_id', { isNullable: true }),
          column.word('entity_kind', 40, { isNullable: true }),
          column.id('entity_id', { isNullable: true }),
          column.word('request_id', 64, { isNullable: true }),
          column.hash('ip_hash', { isNullable: true }),
          column.hash('previous_hash'),
          column.hash('hash'),
        ],
        indices: [
          new TableIndex({ name: 'audit_event_patient', columnNames: ['patient_id', 'sequence'] }),
          new TableIndex({ name: 'audit_event_actor', columnNames: ['actor_id', 'sequence'] }),
          new TableIndex({ name: 'audit_event_action', columnNames: ['action', 'sequence'] }),
          new TableIndex({ name: 'audit_event_at', columnNames: ['at'] }),
        ],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'audit_head',
        columns: [column.integer('id', { isPrimary: true }), column.big('sequence'), column.hash('hash')],
      }),
    )
    await runner.query(`INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '${'0'.repeat(64)}')`)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['audit_head', 'audit_event', 'idempotency', 'outbox']) await runner.dropTable(table)
  }
}
