import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Where on the body a picture is from. Said in SQL for the reason that Capture gives. */
export class BodySite1700000000013 implements MigrationInterface {
  name = 'BodySite1700000000013'

  async up(runner: QueryRunner): Promise<void> {
    const word = (length: number) =>
      runner.connection.options.type === 'mysql'
        ? `varchar(${length}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`
        : `varchar(${length})`
    await runner.query(`ALTER TABLE snapshot ADD COLUMN site_code ${word(20)} NULL`)
    await runner.query(`ALTER TABLE snapshot ADD COLUMN site_laterality ${word(8)} NULL`)
    await runner.query(
      'CREATE INDEX snapshot_site ON snapshot (patient_id, site_code, site_laterality, taken_at)',
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    const isMysql = runner.connection.options.type === 'mysql'
    await runner.query(isMysql ? 'DROP INDEX snapshot_site ON snapshot' : 'DROP INDEX snapshot_site')
    await runner.query('ALTER TABLE snapshot DROP COLUMN site_laterality')
    await runner.query('ALTER TABLE snapshot DROP COLUMN site_code')
  }
}
