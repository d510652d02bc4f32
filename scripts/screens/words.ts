import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]

const folder = join(import.meta.dirname, '../../client/i18n')

/** Says a text as the screens do: `say('consult:check.join')`, `say('clinic:admit', { name })`. Throws when there is none. */
export type Say = (key: string, values?: Record<string, string>) => string

/** The texts of one language, from the client's own files. */
export async function wordsOf(language: Language): Promise<Say> {
  const texts = new Map<string, unknown>()
  for (const file of await readdir(join(folder, language))) {
    texts.set(basename(file, '.json'), JSON.parse(await readFile(join(folder, language, file), 'utf8')))
  }
  return (key, values = {}) => {
    // Chinese has one form for every number.
    const found = textAt(texts, key) ?? textAt(texts, key.replace(/_one$/, '_other'))
    if (found === undefined) throw new Error(`there is no ${language} text ${key}`)
    return found.replace(/\{\{(\w+)[^}]*\}\}/g, (_, name: string) => values[name] ?? '')
  }
}

function textAt(texts: ReadonlyMap<string, unknown>, key: string): string | undefined {
  const [domain = '', path = ''] = key.split(':')
  const found = path
    .split('.')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
      texts.get(domain),
    )
  return typeof found === 'string' ? found : undefined
}
