import { Table, TableForeignKey, type MigrationInterface, type QueryRunner } from 'typeorm'
import { columnsOf } from './columns.ts'

/** What each organization lets the computer recognise, outline, compare and classify. */
export class RecognitionSwitch1700000000011 implements MigrationInterface {
  name = 'RecognitionSwitch1700000000011'

  async up(runner: QueryRunner): Promise<void> {
    const column = columnsOf(runner)
    await runner.createTable(
      new Table({
        name: 'recognition_switch',
        columns: [
          column.id('organization_id', { isPrimary: true }),
          column.word('name', 20, { isPrimary: true }),
          column.flag('switched_on'),
          column.instant('decided_at'),
          column.id('decided_by', { isNullable: true }),
        ],
        foreignKeys: [
          new TableForeignKey({
            name: 'recognition_switch_organization_fk',
            columnNames: ['organization_id'],
            referencedTableName: 'organization',
            referencedColumnNames: ['id'],
            onDelete: 'NO ACTION',
          }),
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('recognition_switch')
  }
}
