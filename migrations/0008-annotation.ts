import { Table, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { columnsOf } from './columns.ts'

/** What people draw over pictures. */
export class Annotation1700000000008 implements MigrationInterface {
  name = 'Annotation1700000000008'

  async up(runner: QueryRunner): Promise<void> {
    const column = columnsOf(runner)
    await runner.createTable(
      new Table({
        name: 'annotation',
        columns: [
          column.id('id', { isPrimary: true }),
          column.id('snapshot_id'),
          column.id('patient_id'),
          column.word('author_role', 12),
          column.id('author_id'),
          column.phrase('author_name', 170, { isNullable: true }),
          column.word('kind', 12),
          column.text('geometry'),
          column.phrase('label', 120, { isNullable: true }),
          column.instant('created_at'),
          column.instant('removed_at', { isNullable: true }),
        ],
        indices: [
          new TableIndex({ name: 'annotation_snapshot', columnNames: ['snapshot_id', 'created_at'] }),
        ],
        foreignKeys: [
          new TableForeignKey({
            name: 'annotation_snapshot_fk',
            columnNames: ['snapshot_id'],
            referencedTableName: 'snapshot',
            referencedColumnNames: ['id'],
            onDelete: 'NO ACTION',
          }),
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('annotation')
  }
}
