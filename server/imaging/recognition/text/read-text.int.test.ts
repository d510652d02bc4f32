import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { Pixels } from '../../pipeline/tasks.ts'
import { openModelInWasm } from '../runtime.ts'
import { addScore, noScore, type Score, type Truth } from '../test/text-score.ts'
import { findText } from './find-text.ts'
import { openDetector, openTextModels, type TextModels } from './models.ts'
import { readText } from './read-text.ts'

const folder = new URL('../test/text/', import.meta.url)

async function pictureOf(file: string): Promise<Pixels> {
  const { data, info } = await sharp(await readFile(new URL(file, folder)))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { rgb: new Uint8Array(data), width: info.width, height: info.height }
}

/** A little under what was measured, in percent: lines' precision and recall, characters' precision and recall. */
const floors: Record<string, [number, number, number, number]> = {
  'label, English': [95, 95, 99, 99],
  'label, Chinese': [94, 94, 98.5, 98.5],
  'device, printed digits': [95, 95, 98.5, 98.5],
  'device, seven segments': [92, 91, 98, 97],
  turned: [90, 90, 98.5, 98.5],
  hard: [86, 84, 97, 96.5],
}

describe('reading text, with the real models', function () {
  this.timeout(600_000)
  let models: TextModels
  let truths: Truth[]
  const scores = new Map<string, Score>()

  before(async () => {
    models = await openTextModels()
    truths = JSON.parse(await readFile(new URL('truth.json', folder), 'utf8')) as Truth[]
    for (const truth of truths) {
      const score = scores.get(truth.group) ?? noScore()
      scores.set(truth.group, score)
      addScore(score, truth, await readText(await pictureOf(truth.file), models))
    }
    print(scores)
  })

  for (const [group, [linePrecision, lineRecall, precision, recall]] of Object.entries(floors)) {
    it(`reads what stands on pictures of the kind "${group}" at least as well as it did`, () => {
      const { lines, characters } = scores.get(group)!
      assert.ok(percent(lines.right, lines.read) >= linePrecision, 'lines read wrong')
      assert.ok(percent(lines.right, lines.there) >= lineRecall, 'lines missed')
      assert.ok(percent(characters.right, characters.read) >= precision, 'characters read wrong')
      assert.ok(percent(characters.right, characters.there) >= recall, 'characters missed')
    })
  }

  it('has been tried on at least thirty labels and devices of each sort that is claimed', () => {
    assert.ok(truths.length >= 60)
    assert.deepEqual([...scores.keys()].sort(), Object.keys(floors).sort())
  })

  it('shows no wrong number for a seven-segment display in more than one of twenty', () => {
    const all = [...scores.values()].map(({ displays }) => displays)
    const there = all.reduce((sum, display) => sum + display.there, 0)
    const right = all.reduce((sum, display) => sum + display.right, 0)
    assert.ok(there >= 40)
    assert.ok(percent(right, there) >= 95, `${right} of ${there}`)
  })

  it('gives lines in the order in which one reads them', async () => {
    const lines = await readText(await pictureOf('label-en-1.jpg'), models)
    // The recogniser sometimes loses a space.
    const close = (all: readonly { text: string }[]) => all.map(({ text }) => text.replaceAll(' ', ''))
    assert.deepEqual(close(lines), close(truths.find(({ file }) => file === 'label-en-1.jpg')!.lines))
  })

  it('finds where text stands without reading it, for whoever has to cover it', async () => {
    const { lines } = truths.find(({ file }) => file === 'label-zh-4.jpg')!
    const boxes = await findText(await pictureOf('label-zh-4.jpg'), models.detector)
    const uncovered = lines.filter(({ box }) => {
      const [x, y] = [(box[0]! + box[4]!) / 2, (box[1]! + box[5]!) / 2]
      return !boxes.some(({ corners }) => {
        const xs = corners.map((corner) => corner.x)
        const ys = corners.map((corner) => corner.y)
        return Math.min(...xs) < x && x < Math.max(...xs) && Math.min(...ys) < y && y < Math.max(...ys)
      })
    })
    assert.deepEqual(uncovered, [])
  })

  it('sees nothing on an even wall', async () => {
    const wall = { rgb: new Uint8Array(320 * 240 * 3).fill(180), width: 320, height: 240 }
    assert.deepEqual(await readText(wall, models), [])
    assert.deepEqual(await findText(wall, models.detector), [])
  })

  it('reads the smallest pictures without harm', async () => {
    for (const [width, height] of [
      [1, 1],
      [3, 200],
      [200, 2],
    ] as const) {
      const speck = { rgb: new Uint8Array(width * height * 3).fill(90), width, height }
      assert.deepEqual(await readText(speck, models), [])
    }
  })

  it('reads the same in WebAssembly', async () => {
    const picture = await pictureOf('segments-5-blood-pressure.jpg')
    const slow = await openTextModels(openModelInWasm)
    const textsOf = async (by: TextModels) => (await readText(picture, by)).map(({ text }) => text)
    assert.deepEqual(await textsOf(slow), await textsOf(models))
  })

  it('refuses a model that is not the one on the card', async () => {
    const other = { ...models.detector.card, sha256: '0'.repeat(64) }
    await assert.rejects(
      openDetector((_, file) => openModelInWasm(other, file)),
      /not the one that its card describes/,
    )
  })
})

function percent(part: number, whole: number): number {
  return (100 * part) / whole
}

function print(scores: ReadonlyMap<string, Score>): void {
  const row = (cells: string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(24) : cell.padStart(10))).join('')
  const share = (part: number, whole: number) => (whole === 0 ? '-' : `${percent(part, whole).toFixed(1)} %`)
  const table = [row(['what was read', 'pictures', 'lines P', 'lines R', 'chars P', 'chars R', 'displays'])]
  for (const [group, { pictures, lines, characters, displays }] of scores) {
    const cells = [
      group,
      String(pictures),
      share(lines.right, lines.read),
      share(lines.right, lines.there),
      share(characters.right, characters.read),
      share(characters.right, characters.there),
      displays.there === 0 ? '-' : `${displays.right}/${displays.there}`,
    ]
    table.push(row(cells))
  }
  process.stdout.write(`${table.join('\n')}\n`)
}
