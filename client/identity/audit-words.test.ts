import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

describe('The access log', () => {
  const actions = actionsOfTheServer()

  it('is read from what the server writes', () => {
    assert.ok(actions.size >= 60, `${actions.size} actions were found`)
  })

  for (const language of ['en', 'zh-CN'])
    it(`has a word for each action (${language})`, () => {
      const texts: unknown = JSON.parse(
        readFileSync(join(root, `client/i18n/${language}/identity.json`), 'utf8'),
      )
      const nameless = [...actions].filter((action) => typeof wordsOf(texts, action) !== 'string')
      assert.deepEqual(nameless, [])
    })
})

function wordsOf(texts: unknown, action: string): unknown {
  return ['admin', 'log', 'done', ...action.split('.')].reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    texts,
  )
}

function actionsOfTheServer(): Set<string> {
  const found = new Set<string>()
  for (const file of readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || /test/.test(file)) continue
    const source = readFileSync(join(root, 'server', file), 'utf8')
    for (const [, said = ''] of source.matchAll(/\baction(?::|\s=) ([^\n]*)/g))
      for (const [, action = ''] of said.matchAll(/'([a-z_-]+\.[a-z_-]+)'/g)) found.add(action)
  }
  return found
}
