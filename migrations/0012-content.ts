import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What models say of a picture's content. Said in SQL for the reason that Capture gives. */
export class Content1700000000012 implements MigrationInterface {
  name = 'Content1700000000012'

  async up(runner: QueryRunner): Promise<void> {
    const word =
      runner.connection.options.type === 'mysql'
        ? 'varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'
        : 'varchar(10)'
    await runner.query(`ALTER TABLE snapshot ADD COLUMN content_wanted ${word} NULL`)
    await runner.query('ALTER TABLE snapshot ADD COLUMN content_json text NULL')
    await runner.query('CREATE INDEX snapshot_content ON snapshot (content_wanted, taken_at)')
  }

  async down(runner: QueryRunner): Promise<void> {
    const isMysql = runner.connection.options.type === 'mysql'
    await runner.query(isMysql ? 'DROP INDEX snapshot_content ON snapshot' : 'DROP INDEX snapshot_content')
    await runner.query('ALTER TABLE snapshot DROP COLUMN content_json')
    await runner.query('ALTER TABLE snapshot DROP COLUMN content_wanted')
  }
}
