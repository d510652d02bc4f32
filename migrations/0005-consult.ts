import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm'
import { columnsOf } from './columns.ts'

/** The visit in real time: who comes by which link, who sits where, what was agreed and said. */
export class Consult1700000000005 implements MigrationInterface {
  name = 'Consult1700000000005'

  async up(runner: QueryRunner): Promise<void> {
    const { id, instant, integer, flag, word, hash, phrase, text } = columnsOf(runner)

    await runner.createTable(
      new Table({
        name: 'consult',
        columns: [
          id('id', { isPrimary: true }),
          id('appointment_id'),
          id('organization_id'),
          id('patient_id'),
          id('practitioner_id'),
          instant('starts_at'),
          instant('ends_at'),
          integer('version'),
          word('state', 12),
          instant('waiting_since', { isNullable: true }),
          instant('started_at', { isNullable: true }),
          instant('ended_at', { isNullable: true }),
          word('end_reason', 32, { isNullable: true }),
          id('encounter_id', { isNullable: true }),
          phrase('device_check', 400, { isNullable: true }),
          instant('created_at'),
        ],
        indices: [
          index('consult_appointment', ['appointment_id'], true),
          index('consult_queue', ['practitioner_id', 'state', 'starts_at']),
          index('consult_state', ['state']),
          index('consult_patient', ['patient_id']),
        ],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'participant',
        columns: [
          id('id', { isPrimary: true }),
          id('consult_id'),
          word('role', 12),
          word('presence', 8),
          instant('presence_since'),
          instant('seen_at'),
          hash('resume_hash', { isNullable: true }),
        ],
        indices: [
          index('participant_role', ['consult_id', 'role'], true),
          index('participant_presence', ['presence', 'presence_since']),
        ],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'chat_message',
        columns: [
          id('id', { isPrimary: true }),
          id('consult_id'),
          id('participant_id'),
          instant('at'),
          text('text'),
          word('idempotency_key', 64),
        ],
        indices: [
          index('chat_message_key', ['participant_id', 'idempotency_key'], true),
          index('chat_message_consult', ['consult_id', 'id']),
        ],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'join_link',
        columns: [
          id('id', { isPrimary: true }),
          id('appointment_id'),
          integer('generation'),
          hash('token_hash'),
          instant('created_at'),
          instant('revoked_at', { isNullable: true }),
          hash('device_hash', { isNullable: true }),
          instant('bound_at', { isNullable: true }),
          integer('failures'),
          instant('locked_until', { isNullable: true }),
        ],
        indices: [
          index('join_link_token', ['token_hash'], true),
          index('join_link_generation', ['appointment_id', 'generation'], true),
        ],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'consent',
        columns: [
          id('id', { isPrimary: true }),
          id('consult_id'),
          id('patient_id'),
          word('kind', 20),
          word('text_version', 20),
          flag('granted'),
          instant('at'),
        ],
        indices: [index('consent_consult', ['consult_id', 'kind', 'id'])],
      }),
    )
    await runner.createTable(
      new Table({
        name: 'ticket',
        columns: [
          hash('hash', { isPrimary: true }),
          word('kind', 8),
          id('session_id'),
          id('consult_id', { isNullable: true }),
          id('practitioner_id', { isNullable: true }),
          instant('expires_at'),
        ],
        indices: [index('ticket_expiry', ['expires_at'])],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ticket', 'consent', 'join_link', 'chat_message', 'participant', 'consult'])
      await runner.dropTable(table)
  }
}

function index(name: string, columnNames: string[], isUnique = false): TableIndex {
  return new TableIndex({ name, columnNames, isUnique })
}
