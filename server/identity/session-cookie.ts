import type { Instant } from '#shared/time.ts'
import type { CookieOptions } from '../platform/cookies.ts'
import type { HttpContext } from '../platform/http.ts'

export type SessionCookie = {
  /** The token in a request, if it has the shape of one. */
  read(cookie: (name: string) => string | null): string | null
  set(ctx: HttpContext, token: string, now: Instant, until: Instant): void
  clear(ctx: HttpContext): void
}

const tokenShape = /^[A-Za-z0-9_-]{43}$/

/**
 * Over https the `__Host-` prefix makes browsers refuse the cookie unless it is Secure, for the whole site and for this
 * host only. Over http, which is for this machine alone, there is neither.
 */
export function sessionCookie(secure: boolean): SessionCookie {
  const name = secure ? '__Host-bedside' : 'bedside'
  const options = (maxAgeMs: number): CookieOptions => ({ secure, sameSite: 'Lax', maxAgeMs })
  return {
    read(cookie) {
      const token = cookie(name)
      return token !== null && tokenShape.test(token) ? token : null
    },
    set: (ctx, token, now, until) => ctx.setCookie(name, token, options(until - now)),
    clear: (ctx) => ctx.clearCookie(name, options(0)),
  }
}
