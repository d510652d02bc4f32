import assert from 'node:assert/strict'
import { join } from 'node:path'
import sharp from 'sharp'
import { photograph } from '#scripts/picture-types/camera.ts'
import { styles } from '#scripts/picture-types/kinds.ts'
import { randomOf } from '#scripts/picture-types/random.ts'
import { PictureType } from '#shared/imaging-content.ts'
import { skin } from '../../pipeline/test/specimens.ts'
import type { Pixels } from '../../pipeline/tasks.ts'
import { openModelInWasm } from '../runtime.ts'
import { isSensitive, typeOf } from './decide.ts'
import {
  describeContent,
  contentModels,
  type ContentModels,
  type ContentQuestions,
} from './describe-content.ts'

// NASA's portrait of Eileen Collins, in the public domain; from scikit-image.
const portrait = join(import.meta.dirname, '../test/faces/astronaut.jpg')

describe('describing what is in a picture', function () {
  this.timeout(60_000)
  const models = contentModels()
  const described = (picture: Pixels, by: ContentModels = models) =>
    describeContent(by, picture, { guard: true, type: true })

  /** In a way of its type that was taught, but never before. */
  const drawnAnew = (type: PictureType, seed: number) => {
    const random = randomOf(seed)
    return photograph(random, random.pick(styles[type].taught)(random))
  }

  it('knows most drawings of the kinds that it was taught, and takes hardly any for another kind', async () => {
    const said = []
    for (const type of PictureType.options) {
      for (const seed of [9001, 9002, 9003]) {
        const { types } = await described(await drawnAnew(type, seed))
        said.push([type, typeOf(types)] as const)
      }
    }
    const right = said.filter(([type, guess]) => type === guess).length
    const wrong = said.filter(([type, guess]) => guess !== null && type !== guess).length
    assert.ok(right >= said.length / 2, JSON.stringify(said))
    assert.ok(wrong <= 2, JSON.stringify(said))
  })

  it('gives each type a probability, the most likely first', async () => {
    const { types, classes, sensitivity } = await described(await drawnAnew('xray', 9101))
    assert.deepEqual(types.map(({ name }) => name).toSorted(), [...PictureType.options].toSorted())
    for (const list of [types, classes]) {
      const sum = list.reduce((total, { probability }) => total + probability, 0)
      assert.ok(Math.abs(sum - 1) < 1e-4)
    }
    assert.deepEqual(
      types,
      types.toSorted((a, b) => b.probability - a.probability),
    )
    assert.ok(sensitivity !== null && sensitivity < 0.5)
  })

  it('does not cover a person in a space suit', async () => {
    const { data, info } = await sharp(portrait).raw().toBuffer({ resolveWithObject: true })
    const said = await described({ rgb: data, width: info.width, height: info.height })
    assert.ok(said.sensitivity !== null && said.sensitivity < 0.2)
    assert.equal(isSensitive(said), false)
  })

  it('looks at pictures of any size', async () => {
    for (const [width, height] of [
      [1, 1],
      [3, 900],
      [1280, 720],
    ] as const)
      assert.equal((await described({ rgb: skin(width, height), width, height })).types.length, 8)
  })

  it('answers what is asked, and opens no network that is not needed for it', async () => {
    const picture = { rgb: skin(64, 48), width: 64, height: 48 }
    const asked = async (questions: ContentQuestions) => {
      let opened = 0
      const types = () => {
        opened++
        return models.types()
      }
      const said = await describeContent({ ...models, types }, picture, questions)
      return [said.sensitivity === null, said.classes.length, said.types.length, opened]
    }
    assert.deepEqual(await asked({ guard: true, type: false }), [false, 5, 0, 0])
    assert.deepEqual(await asked({ guard: false, type: true }), [true, 0, 8, 1])
  })

  it('says the same in WebAssembly', async () => {
    const inWasm = contentModels(openModelInWasm)
    const picture = await drawnAnew('wound', 9301)
    const [native, wasm] = [await described(picture), await described(picture, inWasm)]
    native.types.forEach(({ name, probability }) => {
      const other = wasm.types.find((type) => type.name === name)?.probability ?? -1
      assert.ok(Math.abs(probability - other) < 1e-3)
    })
  })
})
