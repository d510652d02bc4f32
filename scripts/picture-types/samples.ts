import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { PictureType } from '#shared/imaging-content.ts'
import type { Pixels } from '#server/imaging/pipeline/tasks.ts'
import { contentCard, contentEdge, contentFile } from '#server/imaging/recognition/content/cards.ts'
import { featuresOf } from '#server/imaging/recognition/content/describe-content.ts'
import { openModel, type Model } from '#server/imaging/recognition/runtime.ts'
import { photograph, spoil } from './camera.ts'
import { styles } from './kinds.ts'
import { randomOf } from './random.ts'

/** `taught` is learned from, `tuned` chooses how much, `drawn` and `photos` are only ever tested on. */
export type Part = 'taught' | 'tuned' | 'drawn' | 'photos'
export type Sample = { type: PictureType; part: Part; name: string; features: number[] }

const perStyle = { taught: 50, tuned: 8, drawn: 30 } as const
const perPhoto = 3

/** Draws everything, and looks at the photographs in `folder`/taught/TYPE and `folder`/test/TYPE. The same each time. */
export async function makeSamples(folder: string | null): Promise<Sample[]> {
  const content = await openModel(contentCard, contentFile)
  return [...(await drawn(content)), ...(folder ? await photos(content, folder) : [])]
}

async function drawn(content: Model): Promise<Sample[]> {
  const samples: Sample[] = []
  let seed = 1
  for (const type of PictureType.options) {
    const { taught, heldOut } = styles[type]
    for (const [part, draws] of [
      ['taught', taught],
      ['tuned', taught],
      ['drawn', heldOut],
    ] as const) {
      for (const draw of draws) {
        for (let count = 0; count < perStyle[part]; count++) {
          const random = randomOf(seed++)
          const picture = await photograph(random, draw(random))
          samples.push(await sample(content, { type, part, name: draw.name }, picture))
        }
      }
    }
  }
  return samples
}

async function photos(content: Model, folder: string): Promise<Sample[]> {
  const samples: Sample[] = []
  for (const [name, part] of [
    ['taught', 'taught'],
    ['test', 'photos'],
  ] as const) {
    for (const type of PictureType.options) {
      for (const file of await filesIn(join(folder, name, type))) {
        const bytes = await readFile(join(folder, name, type, file))
        for (let count = 0; count < (part === 'taught' ? perPhoto : 1); count++) {
          const picture =
            part === 'taught' ? await spoil(randomOf(samples.length + 1), bytes) : await asItIs(bytes)
          samples.push(await sample(content, { type, part, name: file }, picture))
        }
      }
    }
  }
  return samples
}

async function sample(content: Model, of: Omit<Sample, 'features'>, picture: Pixels): Promise<Sample> {
  const { features } = await featuresOf(content, picture)
  return { ...of, features: Array.from(features, (value) => Number(value.toPrecision(6))) }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted()
  } catch (error) {
    // Not every type has photographs.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

async function asItIs(bytes: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .resize(contentEdge, contentEdge, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { rgb: data, width: info.width, height: info.height }
}
