import type { Page } from 'playwright-core'

/**
 * What a page must never show, whatever its content: something that does not fit into its width, a text key instead of
 * its text, a place where a value is missing. In words; empty when all is well.
 */
export async function defectsOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const found = []
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) found.push('the page is ' + (scrollWidth - clientWidth) + ' px wider than the screen')
    const words = document.body.innerText
    const codes = new Set([...document.querySelectorAll('code')].map((code) => code.innerText))
    for (const [what, pattern] of [
      ['a text key', /(?<![\\w@.-])[a-z]+(?::[a-z]\\w*|(?:\\.[a-z]\\w*){2,})(?![\\w@.])/g],
      ['an unfilled place', /\\{\\{[^}]*\\}\\}/g],
      ['a value that is none', /\\b(?:undefined|null|NaN|Invalid Date)\\b/g],
      ['an object', /\\[object \\w+\\]/g],
    ]) {
      // What is set as code is meant to be read as such.
      for (const match of new Set(words.match(pattern))) if (!codes.has(match)) found.push(what + ': ' + match)
    }
    return found
  })()`)
}
