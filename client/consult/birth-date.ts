/**
 * A date of birth as people type it, year first: 1938-05-07, 1938/5/7, 1938.5.7, 1938年5月7日 or 19380507. Null when it is
 * not a day that has been.
 */
export function parseBirthDate(text: string, todayIso: string): string | null {
  const match =
    /^\s*(\d{4})(?:\s*[-/.年\s]\s*(\d{1,2})\s*[-/.月\s]\s*(\d{1,2})\s*日?|(\d{2})(\d{2}))\s*$/u.exec(text)
  if (!match) return null
  const [, year, month, day, shortMonth, shortDay] = match
  const iso = `${year}-${(month ?? shortMonth ?? '').padStart(2, '0')}-${(day ?? shortDay ?? '').padStart(2, '0')}`
  const at = new Date(`${iso}T00:00:00Z`)
  // 31 February would silently become a day in March.
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso) return null
  return iso <= todayIso && iso >= '1880-01-01' ? iso : null
}

/** Puts the hyphens where they belong while somebody types digits only. Deleting is left alone. */
export function withHyphens(text: string, before: string): string {
  if (text.length <= before.length || !/^[\d-]*$/.test(text)) return text
  const digits = text.replaceAll('-', '').slice(0, 8)
  if (text !== digits && text.replace(/^(\d{4})-?(\d{0,2})-?(\d{0,2})$/, '') !== '') return text
  // A month or day of one digit that was ended by hand: 1938-5-
  if (/^\d{4}-\d-/.test(text)) return text
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].filter((part) => part !== '').join('-')
}
