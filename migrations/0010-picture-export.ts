import { Table, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { columnsOf } from './columns.ts'

/** Pictures that left the house: as files, to an archive, on paper. */
export class PictureExport1700000000010 implements MigrationInterface {
  name = 'PictureExport1700000000010'

  async up(runner: QueryRunner): Promise<void> {
    const column = columnsOf(runner)
    await runner.createTable(
      new Table({
        name: 'picture_export',
        columns: [
          column.id('id', { isPrimary: true }),
          column.id('snapshot_id'),
          column.id('enhancement_id', { isNullable: true }),
          column.id('patient_id'),
          column.word('form', 12),
          column.word('purpose', 20),
          column.instant('created_at'),
          column.id('created_by'),
          column.word('state', 12),
          column.word('failure', 20, { isNullable: true }),
          column.integer('attempts'),
          column.instant('settled_at', { isNullable: true }),
          column.word('instance_uid', 64, { isNullable: true }),
          column.hash('sha256', { isNullable: true }),
        ],
        indices: [
          new TableIndex({ name: 'picture_export_snapshot', columnNames: ['snapshot_id', 'created_at'] }),
        ],
        foreignKeys: [
          new TableForeignKey({
            name: 'picture_export_snapshot_fk',
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
    await runner.dropTable('picture_export')
  }
}
