import { createServer, type RunningServer } from './compose.ts'
import { ConfigError, takeConfig, type Config } from './config.ts'
import { hasAdministrator } from './identity/index.ts'
import { holdSqliteFile } from './platform/db.ts'
import { createLog } from './platform/log.ts'
import { startProblem } from './start-problem.ts'
import { welcome } from './welcome.ts'

const patienceMs = 20_000
// The database file and the pictures are for the server's own account.
process.umask(0o077)

try {
  await main(takeConfig())
} catch (error) {
  process.stderr.write(`\n${error instanceof ConfigError ? error.message : startProblem(error)}\n`)
  process.exit(1)
}

async function main(config: Config): Promise<void> {
  const log = createLog({ level: config.logLevel })
  if (config.database.engine === 'sqlite') holdSqliteFile(config.database.file)
  let server: RunningServer | null = null
  const starting = createServer(config, { log })
  let stopping = false

  function stop(signal: NodeJS.Signals): void {
    if (stopping) {
      process.stderr.write('Stopped at once.\n')
      process.exit(1)
    }
    stopping = true
    log.info({ signal }, 'shutting down')
    setTimeout(() => process.exit(1), patienceMs).unref()
    void starting.then((started) => started.close()).then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // A promise that nobody caught is a mistake to mend, but not a reason to hang up on every patient.
  process.on('unhandledRejection', (reason) => {
    server?.house.metrics.rejectionUnhandled()
    log.error({ err: reason instanceof Error ? reason : new Error('not an error') }, 'unhandled rejection')
  })

  server = await starting
  const { demo, db } = server.house
  process.stdout.write(welcome(server.url, demo && (await demo.info())))
  if (!(await db.read(hasAdministrator)))
    process.stdout.write('Nobody can sign in yet. For the first administrator: npm run clinic:found\n')
}
