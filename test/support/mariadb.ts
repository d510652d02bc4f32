import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { findProgram } from '#scripts/system-packages.ts'
import { mustRun } from '#scripts/run.ts'
import { freePort } from './ports.ts'
import { onRunEnd } from './run-end.ts'
import { ServerProcess } from './server-process.ts'
import { tempFolder } from './temp.ts'

const account = 'bedside:bedside'

/** A private MariaDB on loopback. It keeps its port and its data over stop, kill and start. */
export class Mariadb extends ServerProcess {
  /** For DATABASE_URL, without the name of a database. */
  readonly url: string

  constructor(port: number, args: string[]) {
    const url = `mysql://${account}@127.0.0.1:${port}`
    const answers = async (): Promise<void> => {
      const connection = await createConnection(url)
      await connection.end()
    }
    super({ name: 'MariaDB', program: 'mariadbd', args, answers })
    this.url = url
  }

  /** Makes an empty database of its own for the caller, so that test files cannot meet. Returns its DATABASE_URL. */
  async createDatabase(name: string): Promise<string> {
    const unique = `${name.replace(/\W/g, '_')}_${randomBytes(4).toString('hex')}`
    const connection = await createConnection(this.url)
    try {
      await connection.query(`CREATE DATABASE \`${unique}\` CHARACTER SET utf8mb4`)
    } finally {
      await connection.end()
    }
    return `${this.url}/${unique}`
  }
}

let shared: Promise<Mariadb> | undefined

/** The one MariaDB of this run, started when first asked for. For tests that do not stop or kill it. */
export function sharedMariadb(): Promise<Mariadb> {
  shared ??= startMariadb()
  return shared
}

/** Starts a MariaDB of the caller's own in a temporary folder; ended and removed when the run ends. */
export async function startMariadb(): Promise<Mariadb> {
  const folder = await tempFolder('mariadb')
  const data = join(folder, 'data')
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []
  const install = findProgram('mariadb-install-db')
  if (install === undefined) throw new Error('mariadb-install-db is not installed; npm test installs it')
  await mustRun(install, [
    '--no-defaults',
    ...asRoot,
    `--datadir=${data}`,
    '--skip-test-db',
    '--skip-name-resolve',
    '--auth-root-authentication-method=normal',
  ])
  const accounts = join(folder, 'accounts.sql')
  const [user, password] = account.split(':')
  await writeFile(
    accounts,
    `CREATE USER IF NOT EXISTS '${user}'@'127.0.0.1' IDENTIFIED BY '${password}';\n` +
      `GRANT ALL ON *.* TO '${user}'@'127.0.0.1';\n`,
  )
  const port = await freePort()
  const mariadb = new Mariadb(port, [
    '--no-defaults',
    ...asRoot,
    `--datadir=${data}`,
    `--socket=${join(folder, 'mariadb.sock')}`,
    `--pid-file=${join(folder, 'mariadb.pid')}`,
    `--init-file=${accounts}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--innodb-buffer-pool-size=64M',
    '--innodb-log-file-size=32M',
    '--performance-schema=OFF',
  ])
  // SIGKILL: the data goes with the folder, so nothing is worth an orderly end.
  onRunEnd(() => mariadb.kill('SIGKILL'))
  await mariadb.start()
  return mariadb
}
