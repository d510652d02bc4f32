import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { columnsOf } from './columns.ts'

/** Organizations, the people who work in them, their accounts and sessions. */
export class Identity1700000000002 implements MigrationInterface {
  name = 'Identity1700000000002'

  async up(runner: QueryRunner): Promise<void> {
    const column = columnsOf(runner)
    await runner.createTable(
      new Table({
        name: 'organization',
        columns: [
          column.id('id', { isPrimary: true }),
          column.phrase('name', 120),
          column.word('kind', 20),
          column.id('parent_id', { isNullable: true }),
          column.word('zone', 64),
          column.phrase('telecom', 120, { isNullable: true }),
          column.phrase('address', 250, { isNullable: true }),
          column.instant('created_at'),
        ],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'practitioner',
        columns: [
          column.id('id', { isPrimary: true }),
          column.id('organization_id'),
          column.phrase('display_name', 120),
          column.phrase('specialty', 80),
          column.word('zone', 64),
          column.flag('active'),
          column.instant('created_at'),
        ],
        indices: [new TableIndex({ name: 'practitioner_organization', columnNames: ['organization_id'] })],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'user',
        columns: [
          column.id('id', { isPrimary: true }),
          column.id('organization_id'),
          column.word('role', 20),
          column.phrase('display_name', 120),
          column.word('email', 254),
          column.word('password_hash', 200),
          column.id('practitioner_id', { isNullable: true }),
          column.id('patient_id', { isNullable: true }),
          column.word('locale', 10),
          column.flag('active'),
          column.instant('last_sign_in_at', { isNullable: true }),
          column.instant('created_at'),
        ],
        indices: [
          new TableIndex({ name: 'user_email', columnNames: ['email'], isUnique: true }),
          new TableIndex({ name: 'user_organization', columnNames: ['organization_id'] }),
          new TableIndex({ name: 'user_patient', columnNames: ['patient_id'] }),
        ],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'session',
        columns: [
          column.id('id', { isPrimary: true }),
          column.hash('token_hash'),
          column.word('kind', 10),
          column.id('organization_id'),
          column.id('user_id', { isNullable: true }),
          column.id('patient_id', { isNullable: true }),
          column.id('consult_id', { isNullable: true }),
          column.instant('created_at'),
          column.instant('last_seen_at'),
          column.instant('expires_at'),
        ],
        indices: [
          new TableIndex({ name: 'session_token', columnNames: ['token_hash'], isUnique: true }),
          new TableIndex({ name: 'session_user', columnNames: ['user_id'] }),
          new TableIndex({ name: 'session_consult', columnNames: ['consult_id'] }),
          new TableIndex({ name: 'session_expires', columnNames: ['expires_at'] }),
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['session', 'user', 'practitioner', 'organization']) await runner.dropTable(table)
  }
}
