import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DataSource } from 'typeorm'
import type { ColumnType, EntityMetadata, Table } from 'typeorm'
import { entities } from '#server/compose.ts'
import { sharedMariadb } from '#test/support/mariadb.ts'
import { tempFolder } from '#test/support/temp.ts'
import { migrations } from './index.ts'

/** What both engines and the entities must agree on. Types by family: SQLite has one text, MySQL several sizes of it. */
type Shape = {
  columns: Record<string, string>
  primaryKey: string[]
  indexes: Record<string, string>
  foreignKeys: Record<string, string>
}

describe('the schema that the migrations make', function () {
  this.timeout(60_000)
  let sqlite: DataSource
  let mysql: DataSource

  before(async () => {
    const common = { entities, migrations, synchronize: false } as const
    sqlite = new DataSource({
      ...common,
      type: 'better-sqlite3',
      database: join(await tempFolder('schema'), 'bedside.sqlite'),
    })
    const url = await (await sharedMariadb()).createDatabase('schema')
    mysql = new DataSource({ ...common, type: 'mysql', url, timezone: 'Z', charset: 'utf8mb4_bin' })
    for (const source of [sqlite, mysql]) {
      await source.initialize()
      await source.runMigrations()
    }
  })
  after(async () => {
    await sqlite.destroy()
    await mysql.destroy()
  })

  it('is the same on SQLite and on MySQL, table by table', async () => {
    const [first, second] = [await shapesOf(sqlite), await shapesOf(mysql)]
    assert.ok(Object.keys(first).length > 20, 'the tables were seen')
    assert.deepEqual(second, first)
  })

  it('is what the entities say', async () => {
    const made = await shapesOf(sqlite)
    const said = Object.fromEntries(
      sqlite.entityMetadatas.map((entity) => [entity.tableName, saidBy(entity)]),
    )
    assert.deepEqual(made, said)
  })

  it('can be taken back to nothing and made again', async () => {
    for (const source of [sqlite, mysql]) {
      const before = await shapesOf(source)
      for (let undone = 0; undone < migrations.length; undone++) await source.undoLastMigration()
      assert.deepEqual(await shapesOf(source), {})
      await source.runMigrations()
      assert.deepEqual(await shapesOf(source), before)
    }
  })
})

async function shapesOf(source: DataSource): Promise<Record<string, Shape>> {
  const runner = source.createQueryRunner()
  try {
    const names = await tableNames(source)
    const tables = await runner.getTables(names)
    return Object.fromEntries(tables.map((table) => [bareName(table), shapeOf(source, table)]))
  } finally {
    await runner.release()
  }
}

async function tableNames(source: DataSource): Promise<string[]> {
  const listed: { name: string }[] =
    source.options.type === 'mysql'
      ? await source.query(
          'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
        )
      : await source.query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
  return listed.map(({ name }) => name).filter((name) => name !== 'migrations')
}

function shapeOf(source: DataSource, table: Table): Shape {
  const isKey = (columns: string[]) => columns.join() === primaryKey.join()
  const primaryKey = table.columns.filter(({ isPrimary }) => isPrimary).map(({ name }) => name)
  return {
    columns: sorted(
      table.columns.map(({ name, type, length, isNullable }) => [
        name,
        wordsFor({ type: type as ColumnType, length: length ?? '', isNullable }),
      ]),
    ),
    primaryKey: primaryKey.sort(),
    indexes: sorted(
      table.indices
        .filter(({ columnNames }) => !isKey(columnNames))
        .map(({ name, columnNames, isUnique }) => [
          name ?? '',
          `${isUnique ? 'unique ' : ''}${columnNames.join()}`,
        ]),
    ),
    foreignKeys: sorted(
      table.foreignKeys.map(({ name, columnNames, referencedTableName, onDelete }) => [
        // SQLite keeps no names of foreign keys.
        columnNames.join(),
        `${referencedTableName} ${onDelete ?? 'NO ACTION'}${source.options.type === 'mysql' && !name ? ' unnamed' : ''}`,
      ]),
    ),
  }
}

function saidBy(entity: EntityMetadata): Shape {
  return {
    columns: sorted(
      entity.columns.map(({ databaseName, type, length, isNullable }) => [
        databaseName,
        wordsFor({ type, length, isNullable }),
      ]),
    ),
    primaryKey: entity.primaryColumns.map(({ databaseName }) => databaseName).sort(),
    indexes: sorted(
      entity.indices.map(({ name, columns, isUnique }) => [
        name,
        `${isUnique ? 'unique ' : ''}${columns.map(({ databaseName }) => databaseName).join()}`,
      ]),
    ),
    foreignKeys: sorted(
      entity.foreignKeys.map(({ columns, referencedEntityMetadata, onDelete }) => [
        columns.map(({ databaseName }) => databaseName).join(),
        `${referencedEntityMetadata.tableName} ${onDelete ?? 'NO ACTION'}`,
      ]),
    ),
  }
}

function wordsFor({
  type,
  length,
  isNullable,
}: {
  type: ColumnType
  length: string
  isNullable: boolean
}): string {
  const name = typeof type === 'string' ? type : type.name.toLowerCase()
  const family = { mediumtext: 'text', longtext: 'text', tinyint: 'boolean', integer: 'int' }[name] ?? name
  return `${family}${family === 'varchar' ? `(${length})` : ''}${isNullable ? ' or null' : ''}`
}

function bareName({ name }: Table): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

function sorted(entries: [string, string][]): Record<string, string> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
