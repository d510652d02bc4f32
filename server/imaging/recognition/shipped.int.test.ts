import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ModelCard } from '#shared/imaging-recognition.ts'
import { tempFolder } from '#test/support/temp.ts'
import { quietLog } from '../processes/log.ts'
import { checkShipped, shippedModels } from './shipped.ts'

describe('The models that Bedside ships', () => {
  it('each have a card that says what they are for, what they cannot do and what was measured', async () => {
    const models = await shippedModels()
    ok(models.length >= 4)
    equal(new Set(models.map(({ card }) => card.name)).size, models.length)
    for (const { card, file } of models) {
      ModelCard.parse(card)
      for (const words of [card.origin, card.intendedUse, card.limits, card.measured])
        ok(words.length > 20, `${card.name}: ${words}`)
      equal((await stat(file)).size, card.bytes, card.name)
    }
  })

  it('are the files that their cards describe', async () => {
    const check = checkShipped()
    await check.checked()
    const models = check.list()
    deepEqual(
      models.filter(({ state }) => state !== 'ready'),
      [],
    )
    ok(models.every(({ origin }) => origin === 'shipped'))
  })

  it('are not available when a file was changed or is gone, which is told and stops nothing', async () => {
    const [first, second, third] = await shippedModels()
    ok(first && second && third)
    const altered = join(await tempFolder('altered'), 'model.onnx')
    await writeFile(altered, 'something else')
    const told: object[] = []
    const check = checkShipped({ ...quietLog, error: (fields) => void told.push(fields) }, async () => [
      { ...first, file: pathToFileURL(altered) },
      { ...second, file: pathToFileURL(`${altered}.gone`) },
      third,
    ])
    await check.checked()
    const [changed, gone, whole] = check.list()
    deepEqual(
      [changed, gone, whole].map((model) => [model?.state, model?.fault]),
      [
        ['unavailable', 'wrong_hash'],
        ['unavailable', 'no_file'],
        ['ready', null],
      ],
    )
    match(changed?.detail ?? '', /[0-9a-f]{64}/)
    deepEqual(
      told.map((fields) => 'modelId' in fields && fields.modelId),
      [first.card.name, second.card.name],
    )
  })
})
