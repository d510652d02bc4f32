import { Table, TableForeignKey, TableIndex } from 'typeorm'
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { columnsOf } from './columns.ts'

/** Who works when, what is booked, and the cells that make double booking impossible. */
export class Scheduling1700000000003 implements MigrationInterface {
  name = 'Scheduling1700000000003'

  async up(runner: QueryRunner): Promise<void> {
    const column = columnsOf(runner)
    await runner.createTable(
      new Table({
        name: 'schedule',
        columns: [
          column.id('id', { isPrimary: true }),
          column.id('organization_id'),
          column.word('zone', 64),
          column.instant('created_at'),
        ],
        indices: [index('schedule_organization', ['organization_id'])],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'availability_rule',
        columns: [
          column.id('id', { isPrimary: true }),
          column.id('schedule_id'),
          column.integer('weekday'),
          column.integer('start_minute'),
          column.integer('end_minute'),
        ],
        indices: [index('availability_rule_schedule', ['schedule_id', 'weekday'])],
        foreignKeys: [references('availability_rule_schedule_fk', 'schedule_id', 'schedule', 'CASCADE')],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'availability_exception',
        columns: [
          column.id('id', { isPrimary: true }),
          column.id('schedule_id'),
          column.word('date', 10),
          column.word('kind', 10),
          column.integer('start_minute'),
          column.integer('end_minute'),
        ],
        indices: [index('availability_exception_schedule', ['schedule_id', 'date'])],
        foreignKeys: [references('availability_exception_schedule_fk', 'schedule_id', 'schedule', 'CASCADE')],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'appointment',
        columns: [
          column.id('id', { isPrimary: true }),
          column.id('organization_id'),
          column.id('practitioner_id'),
          column.id('patient_id'),
          column.word('status', 12),
          column.instant('starts_at'),
          column.instant('ends_at'),
          column.word('zone', 64),
          column.phrase('reason', 500),
          column.phrase('cancel_reason', 500, { isNullable: true }),
          column.integer('version'),
          column.id('follows_encounter_id', { isNullable: true }),
          column.instant('created_at'),
          column.instant('updated_at'),
        ],
        indices: [
          index('appointment_organization', ['organization_id', 'starts_at']),
          index('appointment_practitioner', ['practitioner_id', 'starts_at']),
          index('appointment_care', ['patient_id', 'practitioner_id', 'starts_at', 'status']),
          index('appointment_follows', ['follows_encounter_id']),
        ],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'booking_cell',
        columns: [
          column.id('schedule_id', { isPrimary: true }),
          column.instant('cell_start', { isPrimary: true }),
          column.integer('lane', { isPrimary: true }),
          column.id('appointment_id'),
        ],
        indices: [index('booking_cell_appointment', ['appointment_id'])],
        foreignKeys: [
          references('booking_cell_schedule_fk', 'schedule_id', 'schedule'),
          references('booking_cell_appointment_fk', 'appointment_id', 'appointment'),
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = ['booking_cell', 'appointment', 'availability_exception', 'availability_rule', 'schedule']
    for (const table of tables) await runner.dropTable(table)
  }
}

function index(name: string, columnNames: string[], isUnique = false): TableIndex {
  return new TableIndex({ name, columnNames, isUnique })
}

function references(name: string, column: string, table: string, onDelete = 'NO ACTION'): TableForeignKey {
  return new TableForeignKey({
    name,
    columnNames: [column],
    referencedTableName: table,
    referencedColumnNames: ['id'],
    onDelete,
  })
}
