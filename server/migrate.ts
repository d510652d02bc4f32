import type { EntitySchema } from 'typeorm'
import type { Config } from './config.ts'
import { openDatabase, type Database } from './platform/db.ts'
import type { Logger } from './platform/log.ts'
import { migrations } from '../migrations/index.ts'

/** Opens the configured database after running the migrations that it has not seen yet. */
export function openMigrated(
  database: Config['database'],
  entities: EntitySchema[],
  log: Logger,
): Promise<Database> {
  return openDatabase({
    url: database.engine === 'mysql' ? database.url : null,
    sqliteFile: database.engine === 'sqlite' ? database.file : '',
    entities,
    migrations,
    log,
  })
}
