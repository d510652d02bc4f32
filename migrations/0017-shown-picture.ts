import { Table, TableForeignKey, type MigrationInterface, type QueryRunner } from 'typeorm'
import { columnsOf } from './columns.ts'

/** Pictures of earlier visits that a doctor shows in a consult, to be laid beside one of it. */
export class ShownPicture1700000000017 implements MigrationInterface {
  name = 'ShownPicture1700000000017'

  async up(runner: QueryRunner): Promise<void> {
    const column = columnsOf(runner)
    const references = (table: string) =>
      new TableForeignKey({
        name: `shown_picture_${table}_fk`,
        columnNames: [`${table}_id`],
        referencedTableName: table,
        referencedColumnNames: ['id'],
        onDelete: 'NO ACTION',
      })
    await runner.createTable(
      new Table({
        name: 'shown_picture',
        columns: [
          column.id('consult_id', { isPrimary: true }),
          column.id('snapshot_id', { isPrimary: true }),
          column.instant('shown_at'),
          column.id('shown_by'),
        ],
        foreignKeys: [references('consult'), references('snapshot')],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('shown_picture')
  }
}
