export type NameParts = { family: string; given: string }

const ideographic = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u
/** What separates components, groups and values, and what no name holds. */
const separators = /[\^=\\\p{Cc}]/gu
const groupLength = 64

/**
 * Names as one DICOM person name (PS3.5, 6.2.1): family^given, what is written in letters in the first group and what is
 * written in ideographs in the second. The caret stays without a given name: a name without one is a retired form. A patient whose name is known in ideographs only has an empty first group.
 */
export function personName(names: readonly NameParts[]): string {
  const isIdeographic = ({ family, given }: NameParts) => ideographic.test(family + given)
  const letters = names.find((name) => !isIdeographic(name))
  const ideographs = names.find(isIdeographic)
  return [letters, ideographs]
    .map((name) => (name ? group(name) : ''))
    .join('=')
    .replace(/=$/, '')
}

function group({ family, given }: NameParts): string {
  const clean = (text: string) => text.replaceAll(separators, ' ').replaceAll(/\s+/g, ' ').trim()
  return [...`${clean(family)}^${clean(given)}`].slice(0, groupLength).join('')
}
