import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { Jobs } from '../platform/jobs.ts'

/** OWASP's and ASVS's first choice: 19 MiB, two passes, one lane. */
// Argon2id is the library's algorithm when none is named; costMark below would tell.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const costMark = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`

export type Passwords = {
  hash(password: string): Promise<string>
  /** With null (nobody has that name) it takes as long and says no. */
  matches(password: string, passwordHash: string | null): Promise<boolean>
  /** True for a hash that was made when less was asked. */
  isOutdated(passwordHash: string): boolean
}

/** Each hash takes 19 MiB and a core for some milliseconds, so they come one after another in a bounded line. */
export async function createPasswords(jobs: Jobs): Promise<Passwords> {
  const queue = jobs.queue('passwords', { running: 2, waiting: 60, timeoutMs: 10_000 })
  const nobodysHash = await hash(randomBytes(16).toString('hex'), cost)
  return {
    hash: (password) => queue(() => hash(password, cost)),
    matches: (password, passwordHash) =>
      queue(async () => {
        const right = await verify(passwordHash ?? nobodysHash, password)
        return right && passwordHash !== null
      }),
    isOutdated: (passwordHash) => !passwordHash.startsWith(costMark),
  }
}
