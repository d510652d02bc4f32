/** What separates values, and what no line holds. */
const forbidden = /[\\\p{Cc}]/gu
const maxLength = 64

/** A text as one DICOM long string (PS3.5, 6.2): 64 characters at most, and no backslash, which would make two of it. */
export function longString(text: string): string {
  const clean = text.replaceAll(forbidden, ' ').replaceAll(/\s+/g, ' ').trim()
  return [...clean].slice(0, maxLength).join('').trim()
}
