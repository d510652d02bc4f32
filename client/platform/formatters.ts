/**
 * Formatters of the browser, kept: to build one costs about a millisecond, and a list of times asks for dozens at each
 * change of the screen.
 */

/** The device's zone is told by its offset in winter and in summer. */
const seasons = [Date.UTC(2026, 0), Date.UTC(2026, 6)]
const kept = new Map<string, unknown>()

export function dateFormatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // Without a zone it keeps the device's of that moment, which changes on a journey.
  const zone = options.timeZone === undefined ? seasons.map((at) => new Date(at).getTimezoneOffset()) : []
  return keep(['date', zone, locale, options], () => new Intl.DateTimeFormat(locale, options))
}

export function numberFormatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return keep(['number', locale, options], () => new Intl.NumberFormat(locale, options))
}

function keep<T>(asked: readonly unknown[], make: () => T): T {
  const key = JSON.stringify(asked)
  const known = kept.get(key) as T | undefined
  if (known) return known
  const made = make()
  kept.set(key, made)
  return made
}
