import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ModelCard } from '#shared/imaging-recognition.ts'
import { detectorCard, recogniserCard } from '#server/imaging/recognition/text/cards.ts'

const root = join(import.meta.dirname, '..')
const models = join(root, 'server/imaging/recognition/models')
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const facts = ['origin', 'licence', 'input', 'output', 'intendedUse', 'limits', 'measured'] as const

const cards = [
  detectorCard,
  recogniserCard,
  ...readdirSync(models)
    .filter((name) => name.endsWith('.card.json'))
    .map((name) => ModelCard.parse(json(join(models, name)))),
]
const chinese = json(join(root, 'client/i18n/cards.zh-CN.json')) as Record<string, Record<string, string>>

describe('the cards of models in Chinese', () => {
  it('are there for each model that comes with Bedside, and for no other', () => {
    assert.ok(cards.length >= 5, 'the test must have found the cards')
    assert.deepEqual(Object.keys(chinese).sort(), cards.map(({ name }) => name).sort())
  })

  for (const card of cards)
    it(`say what the English one says (${card.name})`, () => {
      const translated = chinese[card.name]
      assert.ok(translated)
      assert.equal(translated['sha256'], card.sha256, 'they are of the same file')
      const english = createHash('sha256')
        .update(facts.map((fact) => card[fact]).join('\n'))
        .digest('hex')
        .slice(0, 16)
      assert.equal(
        translated['english'],
        english,
        `the English card has changed: translate it, then note ${english}`,
      )
      for (const fact of facts) assert.ok(translated[fact], fact)
      const figures = (text: string) => text.match(/\d+(?:[.,]\d+)*/g)?.toSorted() ?? []
      for (const fact of ['measured', 'limits'] as const)
        for (const figure of figures(card[fact]))
          assert.ok(figures(translated[fact] ?? '').includes(figure), `${fact} tells ${figure}`)
    })
})
