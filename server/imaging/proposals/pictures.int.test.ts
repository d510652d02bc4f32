import { deepEqual, ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Proposal } from '#shared/imaging-proposal.ts'
import { createPipeline, createRecognition } from '../index.ts'
import { proposalsFrom } from './proposals.ts'
import { inShort } from './test/lines.ts'

const folder = new URL('../recognition/test/text/', import.meta.url)
/** x and y of each corner, one after the other. */
const Corners = z
  .array(z.number())
  .length(8)
  .transform((at) => [0, 2, 4, 6].map((first) => ({ x: at[first] ?? 0, y: at[first + 1] ?? 0 })))
const Truth = z.array(
  z.object({
    file: z.string(),
    group: z.string(),
    lines: z.array(z.object({ text: z.string(), box: Corners })),
  }),
)
const truth = Truth.parse(JSON.parse(readFileSync(new URL('truth.json', folder), 'utf8')))

/** What matters: which vital, its digits and unit; of a medicine its name and strength, without spaces. */
function values(proposal: Proposal): string[] {
  if (proposal.kind === 'vital') return [inShort({ ...proposal, doubts: [] }).replaceAll(',', '.')]
  const close = (text = '-') => text.replaceAll(/\s/g, '').toLowerCase()
  return [`${close(proposal.name.text)} ${close(proposal.strength?.text)}`]
}

describe('From photographs of labels and devices', function () {
  this.timeout(300_000)
  const pipeline = createPipeline()
  const recognition = createRecognition()
  let wanted = 0
  let found = 0
  /** Without a doubt. */
  const wrong: { kind: Proposal['kind']; said: string }[] = []

  before(async () => {
    for (const { file, lines } of truth) {
      const picture = await pipeline.pixels(readFileSync(new URL(file, folder)), 1600)
      const aspect = picture.width / picture.height
      const ideal = lines.map(({ text, box }) => ({ text, confidence: 1, corners: box }))
      const right = proposalsFrom(ideal, aspect).flatMap(values)
      const proposals = proposalsFrom(await recognition.run('readText', { picture }), aspect)
      wanted += right.length
      found += right.filter((value) => proposals.flatMap(values).includes(value)).length
      for (const proposal of proposals) {
        if (values(proposal).every((value) => right.includes(value))) continue
        if (proposal.doubts.length === 0)
          wrong.push({ kind: proposal.kind, said: `${file}: ${inShort(proposal)}` })
      }
    }
  })
  after(() => Promise.all([pipeline.close(), recognition.close()]))

  it('most values and names with strengths are proposed', () => {
    ok(truth.length >= 40)
    ok(found / wanted >= 0.85, `${found} of ${wanted}`)
  })

  it('no wrong measurement is proposed as if it were sure', () => {
    deepEqual(wrong.filter(({ kind }) => kind === 'vital'), []) // prettier-ignore
  })

  it('few names of medicines are wrong by a letter', () => {
    ok(wrong.length <= 0.05 * truth.length, wrong.map(({ said }) => said).join('\n'))
  })
})
