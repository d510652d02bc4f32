import { existsSync } from 'node:fs'
import { auditEntities, verifyChain } from './audit/index.ts'
import { takeConfig } from './config.ts'
import { openMigrated } from './migrate.ts'
import { deriveKeys, keptSecret } from './platform/crypto.ts'
import { createLog } from './platform/log.ts'

const meanings = {
  altered: 'was altered',
  missing: 'is missing',
  moved: 'does not follow the row before it',
}

const config = takeConfig()
const { database } = config
if (database.engine === 'sqlite' && !existsSync(database.file)) {
  // Opened, it would be made, and an empty trail is whole.
  process.stderr.write(`There is no database at ${database.file}: set DATA_DIR as for the server.\n`)
  process.exitCode = 1
} else {
  await verify()
}

/** Checks the whole audit trail of the configured database. The program ends with 1 when it is not whole. */
async function verify(): Promise<void> {
  const db = await openMigrated(database, auditEntities, createLog({ level: 'error' }))
  try {
    const keys = deriveKeys(config.secret ?? keptSecret(config.dataDir))
    const { rows, broken, ms } = await verifyChain(db, keys.audit)
    const pace = `${rows} rows checked in ${Math.round(ms)} ms`
    if (broken) {
      process.stdout.write(
        `The audit trail is broken: row ${broken.sequence} ${meanings[broken.kind]}. ${pace}.\n`,
      )
      process.exitCode = 1
    } else {
      process.stdout.write(`The audit trail is whole: ${pace}.\n`)
    }
  } finally {
    await db.close()
  }
}
