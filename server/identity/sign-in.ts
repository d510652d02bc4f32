import type { z } from 'zod'
import type { signIn } from '#shared/identity.ts'
import type { Audit } from '../audit/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { HttpContext } from '../platform/http.ts'
import { wrongCredentials } from './errors.ts'
import type { Passwords } from './password.ts'
import { userEntity, type UserRow } from './people.entity.ts'
import { findUserByEmail, normalEmail } from './people.store.ts'
import type { SessionRow } from './session.entity.ts'
import { userActor, type Sessions } from './sessions.ts'
import type { SignInThrottle } from './throttle.ts'

type Needs = {
  db: Database
  clock: Clock
  audit: Audit
  passwords: Passwords
  throttle: SignInThrottle
  sessions: Sessions
}

/**
 * Starts a session for whoever knows the password. An unknown name, a wrong password and an account that was switched
 * off cannot be told apart, by the answer or by the time it takes. Errors: wrong_credentials, rate_limited, busy.
 */
export function createSignIn({ db, clock, audit, passwords, throttle, sessions }: Needs) {
  return async (
    ctx: HttpContext,
    { email, password }: z.output<typeof signIn.body>,
  ): Promise<{ user: UserRow; session: SessionRow }> => {
    const name = normalEmail(email)
    await throttle.begin(name, ctx.ip)
    const user = await db.read((tx) => findUserByEmail(tx, name))
    const hash = user?.active ? user.passwordHash : null
    if (!(await passwords.matches(password, hash)) || !user) {
      await throttle.failed(name, ctx.ip)
      const entity = user && { kind: 'user', id: user.id }
      await audit.record(ctx, { action: 'session.begin', outcome: 'refused', entity })
      throw wrongCredentials()
    }
    const newHash = passwords.isOutdated(user.passwordHash) ? await passwords.hash(password) : null
    const session = await db.write(async (tx) => {
      const started = await sessions.beginForUser(ctx, tx, user)
      await tx.manager.update(
        userEntity,
        { id: user.id },
        { lastSignInAt: clock.now(), ...(newHash === null ? {} : { passwordHash: newHash }) },
      )
      // By now it is known who calls; what they did is looked for by their name.
      const known = { ...ctx, actor: userActor(started, user) }
      audit.append(tx, known, { action: 'session.begin', entity: { kind: 'user', id: user.id } })
      return started
    })
    await throttle.succeeded(name, ctx.ip)
    return { user, session }
  }
}
