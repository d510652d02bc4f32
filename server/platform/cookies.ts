/** RFC 6265. All of our cookies are HttpOnly and belong to the whole site. */
export type CookieOptions = { secure: boolean; sameSite: 'Lax' | 'Strict'; maxAgeMs: number }

export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0) cookies.set(part.slice(0, at).trim(), part.slice(at + 1).trim())
  }
  return cookies
}

export function writeCookie(
  name: string,
  value: string,
  { secure, sameSite, maxAgeMs }: CookieOptions,
): string {
  if (!/^[A-Za-z0-9_-]*$/.test(value)) throw new Error('cookie values are base64url')
  return `${name}=${value}; Path=/; HttpOnly; SameSite=${sameSite}; Max-Age=${Math.floor(maxAgeMs / 1000)}${secure ? '; Secure' : ''}`
}
