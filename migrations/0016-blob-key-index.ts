import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'

const tables = ['snapshot_variant', 'document', 'enhancement']

/** Who names a blob is asked for each one in the store, day by day. */
export class BlobKeyIndex1700000000016 implements MigrationInterface {
  name = 'BlobKeyIndex1700000000016'

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables)
      await runner.createIndex(
        table,
        new TableIndex({ name: `${table}_blob_key`, columnNames: ['blob_key'] }),
      )
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.dropIndex(table, `${table}_blob_key`)
  }
}
