import { Table, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { columnsOf } from './columns.ts'

/** Pictures that doctors had made of an original, each with the recipe that makes it again. */
export class Enhancements1700000000007 implements MigrationInterface {
  name = 'Enhancements1700000000007'

  async up(runner: QueryRunner): Promise<void> {
    const column = columnsOf(runner)
    await runner.createTable(
      new Table({
        name: 'enhancement',
        columns: [
          column.id('id', { isPrimary: true }),
          column.id('snapshot_id'),
          column.word('name', 20),
          column.hash('recipe_hash'),
          column.text('recipe_json'),
          column.word('state', 12),
          column.word('failure', 20, { isNullable: true }),
          column.instant('created_at'),
          column.id('created_by'),
          column.instant('asked_at'),
          column.word('engine', 120, { isNullable: true }),
          column.word('blob_key', 200, { isNullable: true }),
          column.hash('sha256', { isNullable: true }),
          column.integer('bytes', { isNullable: true }),
          column.integer('width', { isNullable: true }),
          column.integer('height', { isNullable: true }),
        ],
        indices: [
          new TableIndex({
            name: 'enhancement_recipe',
            columnNames: ['snapshot_id', 'recipe_hash'],
            isUnique: true,
          }),
          new TableIndex({ name: 'enhancement_state', columnNames: ['state', 'asked_at'] }),
        ],
        foreignKeys: [
          new TableForeignKey({
            name: 'enhancement_snapshot_fk',
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
    await runner.dropTable('enhancement')
  }
}
