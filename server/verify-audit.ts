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

/** Checks the whole audit trail of the configured database. Exits with 1 when it is not whole. */
const config = takeConfig()
const log = createLog({ level: 'error' })
const db = await openMigrated(config.database, auditEntities, log)
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
