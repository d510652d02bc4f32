import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = import.meta.dirname
const languages = ['en', 'zh-CN']
const domains = readdirSync(join(folder, 'en')).map((file) => file.replace('.json', ''))
const notes = flat(readTexts('notes.json'))

describe('The texts of the client', () => {
  it('exist for the same domains in both languages', () => {
    assert.ok(domains.length >= 6, 'the test must have found the domains')
    assert.deepEqual(readdirSync(join(folder, 'zh-CN')).sort(), readdirSync(join(folder, 'en')).sort())
  })

  for (const domain of domains) {
    const english = flat(readTexts(`en/${domain}.json`))
    const chinese = flat(readTexts(`zh-CN/${domain}.json`))

    it(`have the same keys in English and Chinese (${domain})`, () => {
      const wanted = [...new Set([...english.keys()].map(withoutPlural))].sort()
      const found = [...new Set([...chinese.keys()].map(withoutPlural))].sort()
      assert.deepEqual(found, wanted)
    })

    it(`have the plural forms of their language (${domain})`, () => {
      for (const key of english.keys()) {
        if (key.endsWith('_one'))
          assert.ok(english.has(key.replace(/_one$/, '_other')), `${key} lacks its plural`)
        if (key.endsWith('_other')) assert.ok(chinese.has(key), `Chinese has one form, ${key}`)
      }
      for (const key of chinese.keys()) assert.ok(!key.endsWith('_one'), `Chinese has no singular: ${key}`)
    })

    it(`are never empty (${domain})`, () => {
      for (const [key, text] of [...english, ...chinese]) assert.notEqual(text.trim(), '', key)
    })

    it(`name the same values in both languages (${domain})`, () => {
      for (const [key, text] of english) {
        const twin = chinese.get(key) ?? chinese.get(key.replace(/_one$/, '_other'))
        assert.ok(twin !== undefined, key)
        // A singular may leave out the count: "1 visit" and "One visit" are both fine.
        const wanted = key.endsWith('_one')
          ? placeholders(text).filter((name) => name !== 'count')
          : placeholders(text)
        const found = key.endsWith('_one')
          ? placeholders(twin).filter((name) => name !== 'count')
          : placeholders(twin)
        assert.deepEqual(found, wanted, key)
      }
    })

    it(`have a note for the translator (${domain})`, () => {
      for (const key of english.keys()) {
        const parts = withoutPlural(key).split('.')
        const groups = parts.map((_, index) => `${domain}:${parts.slice(0, index + 1).join('.')}`)
        assert.ok(
          groups.some((group) => notes.has(group)),
          `no note for ${domain}:${key}; add one for it or its group to client/i18n/notes.json`,
        )
      }
    })
  }

  it('have no note for something that is gone', () => {
    for (const note of notes.keys()) {
      const [domain, group] = note.split(':')
      assert.ok(domain !== undefined && group !== undefined && domains.includes(domain), note)
      const keys = [...flat(readTexts(`en/${domain}.json`)).keys()]
      assert.ok(
        keys.some((key) => withoutPlural(key) === group || key.startsWith(`${group}.`)),
        `${note} belongs to no text`,
      )
    }
  })

  it('are all written: no Chinese text is a copy of the English one', () => {
    for (const domain of domains) {
      const english = flat(readTexts(`en/${domain}.json`))
      for (const [key, text] of flat(readTexts(`zh-CN/${domain}.json`))) {
        if (/\p{Letter}{4,}/u.test(text.replaceAll(/\{\{.*?\}\}/g, ''))) {
          assert.notEqual(text, english.get(key), `${domain}:${key}`)
        }
      }
    }
  })

  it('have Chinese commas, stops and brackets in Chinese sentences', () => {
    const beside = /[\p{Script=Han}][,.;:!?()]|[,;:!?()][\p{Script=Han}]|\.\.\./u
    for (const domain of domains)
      for (const [key, text] of flat(readTexts(`zh-CN/${domain}.json`)))
        assert.doesNotMatch(text.replaceAll(/\{\{.*?\}\}/g, '名'), beside, `${domain}:${key}`)
  })

  it('have one Chinese word for each of these ideas', () => {
    const others = {
      就诊链接: /加入链接/,
      病历号: /(?<!病历)编号/,
      账号: /账户|帐号|帐户/,
      参照标记: /参考标记|标识码/,
    }
    for (const domain of domains)
      for (const [key, text] of flat(readTexts(`zh-CN/${domain}.json`)))
        for (const [word, other] of Object.entries(others))
          assert.doesNotMatch(text, other, `${domain}:${key} is to say ${word}`)
  })

  it('are in the languages that the client offers', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    assert.deepEqual(folders.map((entry) => entry.name).sort(), languages)
  })
})

function readTexts(file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'))
}

function flat(texts: unknown, path: readonly string[] = []): Map<string, string> {
  if (typeof texts === 'string') return new Map([[path.join('.'), texts]])
  assert.ok(typeof texts === 'object' && texts !== null, `${path.join('.')} is neither a text nor a group`)
  return new Map(Object.entries(texts).flatMap(([name, value]) => [...flat(value, [...path, name])]))
}

function withoutPlural(key: string): string {
  return key.replace(/_(?:one|other)$/, '')
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? '').sort()
}
