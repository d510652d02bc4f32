// `npm run clinic:found`: the first organization of an empty installation, and its first administrator, who adds everybody
// else in the browser. Takes the server's own settings.
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { auditEntities, createAudit } from '#server/audit/index.ts'
import { takeConfig } from '#server/config.ts'
import {
  createIdentity,
  hasAdministrator,
  identityEntities,
  organizationsOfUsers,
} from '#server/identity/index.ts'
import { openMigrated } from '#server/migrate.ts'
import { systemClock } from '#server/platform/clock.ts'
import { systemContext } from '#server/platform/context.ts'
import { createMemoryCoordination } from '#server/platform/coordination.ts'
import { deriveKeys, keptSecret } from '#server/platform/crypto.ts'
import { createJobs } from '#server/platform/jobs.ts'
import { createLog } from '#server/platform/log.ts'
import { organizationsOfPatients, recordsEntities } from '#server/records/index.ts'
import { addOrganization, addPerson } from '#shared/identity.ts'
import { runScript, SetupError } from './run.ts'

const usage = `Say who it is for:

  npm run clinic:found -- --clinic "Harbour Clinic" --zone Asia/Singapore --name "Grace Tan" --email grace@harbour.example
`

await runScript(async () => {
  const { clinic, zone, name, email } = parseArgs({
    options: {
      clinic: { type: 'string' },
      zone: { type: 'string' },
      name: { type: 'string' },
      email: { type: 'string' },
    },
  }).values
  const place = addOrganization.body.shape.name.safeParse(clinic)
  const where = addOrganization.body.shape.zone.safeParse(zone)
  const who = addPerson.body.pick({ displayName: true, email: true }).safeParse({ displayName: name, email })
  if (!place.success || !where.success || !who.success) throw new SetupError(usage)
  const password = randomBytes(15).toString('base64url')
  await found({ clinic: place.data, zone: where.data, ...who.data, password })
  process.stdout.write(
    `${place.data} is founded. ${who.data.email} signs in as its administrator, with a password that is told only now:\n\n  ${password}\n\n`,
  )
})

type First = { clinic: string; zone: string; displayName: string; email: string; password: string }

async function found({ clinic, zone, ...person }: First): Promise<void> {
  const config = takeConfig()
  const log = createLog({ level: 'error' })
  const clock = systemClock
  const keys = deriveKeys(config.secret ?? keptSecret(config.dataDir))
  const db = await openMigrated(
    config.database,
    [...auditEntities, ...identityEntities, ...recordsEntities],
    log,
  )
  const jobs = createJobs({ log })
  const coordination = createMemoryCoordination(() => clock.now())
  try {
    const custodians = { ofPatients: organizationsOfPatients, ofUsers: organizationsOfUsers }
    const identity = await createIdentity({
      db,
      clock,
      log,
      audit: createAudit({ db, clock, keys, custodians }),
      jobs,
      coordination,
      ownCoordination: coordination,
      keys,
      secureCookies: true,
      version: '',
      demo: () => Promise.resolve(null),
      describePatient: () => Promise.reject(new Error('nobody is signed in here')),
    })
    const ctx = systemContext('found-clinic', log)
    await db.inTurn('found-clinic', async () => {
      if (await db.read(hasAdministrator))
        throw new SetupError('There is an administrator already, who adds everybody else in the browser.')
      const kind = 'hospital'
      const place = { name: clinic, kind, zone, parentId: null, telecom: null, address: null } as const
      const { id } = await identity.addOrganization(ctx, place)
      await identity.addPerson(ctx, { ...person, role: 'administrator', organizationId: id })
    })
  } finally {
    await jobs.close()
    await coordination.close()
    await db.close()
  }
}
