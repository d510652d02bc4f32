import i18next from 'i18next'

/** "Too dark, blurred": several things in one row, as the language writes them. */
export function inRow(items: readonly string[]): string {
  return new Intl.ListFormat(isChinese() ? 'zh-CN' : 'en-GB', {
    type: 'conjunction',
    style: 'narrow',
  }).format(items)
}

/** Sentences one after the other. Chinese has no space between them. */
export function inSentences(...sentences: readonly (string | false | null | undefined)[]): string {
  return sentences.filter((sentence) => typeof sentence === 'string' && sentence !== '').join(afterStop())
}

/** What stands between a comma or a full stop and the next word: a space, and nothing in Chinese. */
export function afterStop(): string {
  return isChinese() ? '' : ' '
}

/** A telephone number stays in one line. */
export function telephone(number: string): string {
  return number.replaceAll(' ', '\u00A0')
}

function isChinese(): boolean {
  return i18next.resolvedLanguage === 'zh-CN'
}
