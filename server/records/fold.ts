/**
 * How names are compared, on every database alike: compatibility forms unified, accents off, lower case, nothing but
 * letters and digits. Chinese characters stay as they are. "Müller-Lüdenscheidt" and "mueller" do not meet; "muller" does.
 */
export function foldName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Both orders in which people say a name, folded; search finds either by its beginning. */
export function foldedOrders(family: string, given: string): { familyFirst: string; givenFirst: string } {
  return { familyFirst: foldName(family + given), givenFirst: foldName(given + family) }
}

/** The digits of a phone number, without what people put between them. */
export function digitsOf(text: string): string {
  return text.normalize('NFKD').replace(/\D/g, '')
}

/** For finding a number by its end: how people remember the numbers of their own country. */
export function backwards(digits: string): string {
  return [...digits].reverse().join('')
}

/** Chinese, Japanese and Korean names are written family first, without a space. */
export function displayNameOf(family: string, given: string): string {
  const eastern = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}·]+$/u
  return eastern.test(family + given) ? family + given : `${given} ${family}`
}
