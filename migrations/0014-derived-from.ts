import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The picture that a value or a medicine was read from. Said in SQL for the reason that Capture gives. */
export class DerivedFrom1700000000014 implements MigrationInterface {
  name = 'DerivedFrom1700000000014'

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['observation', 'medication'])
      await runner.query(`ALTER TABLE ${table} ADD COLUMN derived_from varchar(36) NULL`)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['medication', 'observation'])
      await runner.query(`ALTER TABLE ${table} DROP COLUMN derived_from`)
  }
}
