import { TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'

/** Questions for pictures are found by when they run out, so that the doctor is told. */
export class RequestExpiry1700000000015 implements MigrationInterface {
  name = 'RequestExpiry1700000000015'

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex(
      'snapshot_request',
      new TableIndex({ name: 'snapshot_request_expires', columnNames: ['expires_at'] }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('snapshot_request', 'snapshot_request_expires')
  }
}
