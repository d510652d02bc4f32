import { Table, TableColumn, TableForeignKey, TableIndex } from 'typeorm'
import type { MigrationInterface, QueryRunner, TableOptions } from 'typeorm'
import { columnsOf } from './columns.ts'

/** The chart: patients, encounters, notes, coded entries, pictures. */
export class Records1700000000004 implements MigrationInterface {
  name = 'Records1700000000004'

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables(chartColumnsOf(runner))) await runner.createTable(new Table(table))
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of tables(chartColumnsOf(runner)).reverse()) await runner.dropTable(name)
  }
}

type Columns = ReturnType<typeof chartColumnsOf>

function tables(column: Columns): TableOptions[] {
  return [...patientTables(column), ...visitTables(column), ...chartTables(column), ...pictureTables(column)]
}

function patientTables(column: Columns): TableOptions[] {
  return [
    {
      name: 'patient',
      columns: [
        column.id('id', { isPrimary: true }),
        column.id('organization_id'),
        column.phrase('display_name', 170),
        column.word('birth_date', 10),
        column.word('gender', 10),
        column.word('locale', 10),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indices: [index('patient_organization', ['organization_id', 'display_name'])],
    },
    {
      name: 'patient_name',
      columns: [
        column.id('id', { isPrimary: true }),
        column.id('patient_id'),
        column.id('organization_id'),
        column.word('kind', 10),
        column.phrase('family', 80),
        column.phrase('given', 80),
        column.word('family_first', 200),
        column.word('given_first', 200),
      ],
      indices: [
        index('patient_name_patient', ['patient_id']),
        index('patient_name_family_first', ['organization_id', 'family_first']),
        index('patient_name_given_first', ['organization_id', 'given_first']),
      ],
      foreignKeys: [references('patient_name_patient_fk', 'patient_id', 'patient')],
    },
    {
      name: 'patient_identifier',
      columns: [
        column.id('id', { isPrimary: true }),
        column.id('patient_id'),
        column.id('organization_id'),
        column.word('system_uri', 120),
        column.word('value', 64),
      ],
      indices: [
        index('patient_identifier_patient', ['patient_id']),
        index('patient_identifier_value', ['organization_id', 'system_uri', 'value'], true),
      ],
      foreignKeys: [references('patient_identifier_patient_fk', 'patient_id', 'patient')],
    },
    {
      name: 'patient_telecom',
      columns: [
        column.id('id', { isPrimary: true }),
        column.id('patient_id'),
        column.id('organization_id'),
        column.word('kind', 10),
        column.word('value', 254),
        column.word('folded', 254),
        column.word('reversed', 254),
      ],
      indices: [
        index('patient_telecom_patient', ['patient_id', 'kind']),
        index('patient_telecom_folded', ['organization_id', 'folded']),
        index('patient_telecom_reversed', ['organization_id', 'reversed']),
      ],
      foreignKeys: [references('patient_telecom_patient_fk', 'patient_id', 'patient')],
    },
  ]
}

function visitTables(column: Columns): TableOptions[] {
  return [
    {
      name: 'encounter',
      columns: [
        column.id('id', { isPrimary: true }),
        column.id('organization_id'),
        column.id('patient_id'),
        column.id('practitioner_id'),
        column.phrase('practitioner_name', 120),
        column.id('appointment_id', { isNullable: true }),
        column.id('consult_id', { isNullable: true }),
        column.word('status', 12),
        column.phrase('reason', 500),
        column.instant('started_at'),
        column.instant('ended_at', { isNullable: true }),
      ],
      indices: [
        index('encounter_patient', ['patient_id', 'started_at']),
        index('encounter_consult', ['consult_id'], true),
      ],
      foreignKeys: [references('encounter_patient_fk', 'patient_id', 'patient')],
    },
    {
      name: 'note',
      columns: [
        column.id('id', { isPrimary: true }),
        column.id('encounter_id'),
        column.id('patient_id'),
        column.word('status', 10),
        column.integer('version'),
        column.instant('updated_at'),
        column.instant('signed_at', { isNullable: true }),
        column.id('signed_by', { isNullable: true }),
        column.phrase('signer_name', 120, { isNullable: true }),
        column.hash('sha256', { isNullable: true }),
      ],
      indices: [index('note_encounter', ['encounter_id'], true)],
      foreignKeys: [references('note_encounter_fk', 'encounter_id', 'encounter')],
    },
    {
      name: 'note_version',
      columns: [
        column.id('note_id', { isPrimary: true }),
        column.integer('version', { isPrimary: true }),
        column.long('subjective'),
        column.long('objective'),
        column.long('assessment'),
        column.long('plan'),
        column.id('author_id'),
        column.instant('begun_at'),
        column.instant('saved_at'),
      ],
      foreignKeys: [references('note_version_note_fk', 'note_id', 'note')],
    },
    {
      name: 'note_amendment',
      columns: [
        column.id('id', { isPrimary: true }),
        column.id('note_id'),
        column.id('practitioner_id'),
        column.phrase('practitioner_name', 120),
        column.long('body'),
        column.instant('created_at'),
      ],
      indices: [index('note_amendment_note', ['note_id', 'created_at'])],
      foreignKeys: [references('note_amendment_note_fk', 'note_id', 'note')],
    },
  ]
}

function chartTables(column: Columns): TableOptions[] {
  return [
    chartTable(column, 'condition', [
      column.word('clinical_status', 10),
      column.word('onset_date', 10, { isNullable: true }),
    ]),
    chartTable(column, 'allergy', [
      column.word('criticality', 20),
      column.phrase('reaction', 200, { isNullable: true }),
    ]),
    chartTable(column, 'medication', [
      column.phrase('dosage', 200),
      column.word('status', 10),
      column.word('started_on', 10, { isNullable: true }),
    ]),
    chartTable(
      column,
      'observation',
      [
        column.instant('effective_at'),
        column.number('value', { isNullable: true }),
        column.word('unit', 20, { isNullable: true }),
      ],
      ['patient_id', 'code', 'effective_at'],
    ),
    {
      name: 'observation_component',
      columns: [
        column.id('observation_id', { isPrimary: true }),
        column.integer('position', { isPrimary: true }),
        column.word('system_uri', 120),
        column.word('code', 64),
        column.phrase('display', 200),
        column.number('value'),
        column.word('unit', 20),
      ],
      foreignKeys: [references('observation_component_observation_fk', 'observation_id', 'observation')],
    },
  ]
}

function chartTable(
  column: Columns,
  name: string,
  own: TableColumn[],
  indexed = ['patient_id', 'recorded_at'],
): TableOptions {
  return {
    name,
    columns: [
      column.id('id', { isPrimary: true }),
      column.id('patient_id'),
      column.word('system_uri', 120),
      column.word('code', 64),
      column.phrase('display', 200),
      column.id('recorded_by'),
      column.instant('recorded_at'),
      ...own,
    ],
    indices: [index(`${name}_patient`, indexed)],
    foreignKeys: [references(`${name}_patient_fk`, 'patient_id', 'patient')],
  }
}

function pictureTables(column: Columns): TableOptions[] {
  return [
    {
      name: 'snapshot',
      columns: [
        column.id('id', { isPrimary: true }),
        column.id('patient_id'),
        column.id('encounter_id', { isNullable: true }),
        column.id('consult_id', { isNullable: true }),
        column.instant('taken_at'),
        column.word('state', 12),
        column.word('recipe', 80, { isNullable: true }),
        column.long('recipe_json', { isNullable: true }),
      ],
      indices: [
        index('snapshot_patient', ['patient_id', 'taken_at']),
        index('snapshot_consult', ['consult_id', 'taken_at']),
      ],
      foreignKeys: [references('snapshot_patient_fk', 'patient_id', 'patient')],
    },
    {
      name: 'snapshot_variant',
      columns: [
        column.id('snapshot_id', { isPrimary: true }),
        column.word('variant', 12, { isPrimary: true }),
        column.word('blob_key', 200),
        column.hash('sha256'),
        column.word('content_type', 80),
        column.integer('bytes'),
        column.integer('width'),
        column.integer('height'),
      ],
      foreignKeys: [references('snapshot_variant_snapshot_fk', 'snapshot_id', 'snapshot')],
    },
    {
      name: 'document',
      columns: [
        column.id('id', { isPrimary: true }),
        column.id('patient_id'),
        column.id('encounter_id', { isNullable: true }),
        column.phrase('title', 200),
        column.word('content_type', 80),
        column.word('blob_key', 200),
        column.hash('sha256'),
        column.integer('bytes'),
        column.id('created_by', { isNullable: true }),
        column.instant('created_at'),
      ],
      indices: [index('document_patient', ['patient_id', 'created_at'])],
      foreignKeys: [references('document_patient_fk', 'patient_id', 'patient')],
    },
  ]
}

function chartColumnsOf(runner: QueryRunner) {
  // Twenty thousand characters of four bytes do not fit MySQL's `text`; SQLite's has no limit.
  const long = runner.connection.options.type === 'mysql' ? 'mediumtext' : 'text'
  return {
    ...columnsOf(runner),
    long: (name: string, extra: { isNullable?: boolean } = {}) =>
      new TableColumn({ name, type: long, ...extra }),
    number: (name: string, extra: { isNullable?: boolean } = {}) =>
      new TableColumn({ name, type: 'double', ...extra }),
  }
}

function index(name: string, columnNames: string[], isUnique = false): TableIndex {
  return new TableIndex({ name, columnNames, isUnique })
}

function references(name: string, column: string, table: string): TableForeignKey {
  return new TableForeignKey({
    name,
    columnNames: [column],
    referencedTableName: table,
    referencedColumnNames: ['id'],
    onDelete: 'NO ACTION',
  })
}
