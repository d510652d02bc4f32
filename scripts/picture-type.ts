// `node scripts/picture-type.ts [--photos FOLDER] [--features FILE]`: draws pictures of every type, teaches the head that
// guesses a picture's type, and writes the network, its card and its figures. docs/models/picture-type.md tells what goes
// into FOLDER. FILE keeps what the embedding network said, so that teaching can be tried again without drawing.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PictureType } from '#shared/imaging-content.ts'
import { ModelCard } from '#shared/imaging-recognition.ts'
import { encodeHead } from './models/head.ts'
import { matrix, tally, type Tally } from './picture-types/report.ts'
import { makeSamples, type Sample } from './picture-types/samples.ts'
import { teach, type Example } from './picture-types/teach.ts'
import { runScript } from './run.ts'

const root = join(import.meta.dirname, '..')
const models = join(root, 'server/imaging/recognition/models')
const page = join(root, 'docs/models/picture-type.md')
const penalties = [0.003, 0.02]

await runScript(async () => {
  const { values } = parseArgs({ options: { photos: { type: 'string' }, features: { type: 'string' } } })
  const samples = await samplesFrom(values)
  const examples = samples
    .filter(({ part }) => part === 'taught')
    .map(({ type, features }): Example => ({ features, class: PictureType.options.indexOf(type) }))
  const heads = penalties.map((penalty) => {
    const head = teach(examples, PictureType.options.length, penalty)
    return { penalty, head, tuned: tally(head, samples, 'tuned') }
  })
  // The strongest penalty of those that do best: what is drawn otherwise, and what is photographed, lies further off.
  const best = heads.reduce((a, b) => (b.tuned.right >= a.tuned.right ? b : a))
  const network = encodeHead(best.head)
  await writeFile(join(models, 'picture-type.onnx'), network)
  const drawn = tally(best.head, samples, 'drawn')
  const photos = tally(best.head, samples, 'photos')
  await updateCard(
    network,
    `${inWords('Drawn in styles that it was not taught', drawn)} ${inWords('Real photographs and displays drawn by another recipe', photos)} By type: docs/models/picture-type.md. No clinical picture among them.`,
  )
  await updatePage(
    [
      `Taught with ${examples.length} pictures, penalty ${best.penalty}.`,
      `## Drawn in styles that it was not taught\n\n${inWords('', drawn)}\n\n${matrix(best.head, samples, 'drawn')}`,
      `## Real photographs, and displays drawn by another recipe\n\n${inWords('', photos)}\n\n${matrix(best.head, samples, 'photos')}`,
    ].join('\n\n'),
  )
})

async function samplesFrom({ photos, features }: { photos?: string; features?: string }): Promise<Sample[]> {
  const kept = features && (await readFile(features, 'utf8').catch(missing))
  if (kept) return JSON.parse(kept) as Sample[]
  const samples = await makeSamples(photos ?? null)
  if (features) await writeFile(features, JSON.stringify(samples))
  return samples
}

function missing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}

function inWords(what: string, { all, right, unsure, wrong }: Tally): string {
  return `${what ? `${what}: ` : ''}${right} of ${all} right, ${unsure} unsure, ${wrong} wrong.`
}

async function updateCard(network: Uint8Array, measured: string): Promise<void> {
  const path = join(models, 'picture-type.card.json')
  const card = ModelCard.parse(JSON.parse(await readFile(path, 'utf8')))
  const sha256 = createHash('sha256').update(network).digest('hex')
  await writeFile(path, `${JSON.stringify({ ...card, sha256, bytes: network.length, measured }, null, 2)}\n`)
}

/** Everything below the mark is figures. */
async function updatePage(figures: string): Promise<void> {
  const mark = '<!-- figures, by scripts/picture-type.ts -->'
  const [text] = (await readFile(page, 'utf8')).split(mark)
  await writeFile(page, `${text}${mark}\n\n${figures}\n`)
}
