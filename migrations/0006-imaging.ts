import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { columnsOf } from './columns.ts'

/** Requests for pictures and the patients' answers. */
export class Imaging1700000000006 implements MigrationInterface {
  name = 'Imaging1700000000006'

  async up(runner: QueryRunner): Promise<void> {
    const column = columnsOf(runner)
    await runner.createTable(
      new Table({
        name: 'snapshot_request',
        columns: [
          column.id('id', { isPrimary: true }),
          column.id('consult_id'),
          column.id('requested_by'),
          column.word('state', 10),
          column.instant('created_at'),
          column.instant('expires_at'),
          column.id('snapshot_id', { isNullable: true }),
        ],
        indices: [
          new TableIndex({ name: 'snapshot_request_consult', columnNames: ['consult_id', 'created_at'] }),
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('snapshot_request')
  }
}
