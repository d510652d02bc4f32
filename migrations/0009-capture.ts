import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Where a picture came from, what was measured of it, and why another one is asked for. Said in SQL: to add a column,
 * TypeORM would make SQLite's table anew, and rows of other tables point to it.
 */
export class Capture1700000000009 implements MigrationInterface {
  name = 'Capture1700000000009'

  async up(runner: QueryRunner): Promise<void> {
    const word =
      runner.connection.options.type === 'mysql'
        ? 'varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'
        : 'varchar(10)'
    await runner.query(`ALTER TABLE snapshot ADD COLUMN origin ${word} NOT NULL DEFAULT 'camera'`)
    await runner.query('ALTER TABLE snapshot ADD COLUMN quality_json text NULL')
    await runner.query(`ALTER TABLE snapshot_request ADD COLUMN reason ${word} NULL`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE snapshot_request DROP COLUMN reason')
    await runner.query('ALTER TABLE snapshot DROP COLUMN quality_json')
    await runner.query('ALTER TABLE snapshot DROP COLUMN origin')
  }
}
