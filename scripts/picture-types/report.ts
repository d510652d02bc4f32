import { PictureType } from '#shared/imaging-content.ts'
import { typeOf } from '#server/imaging/recognition/content/decide.ts'
import type { Head } from '../models/head.ts'
import type { Part, Sample } from './samples.ts'
import { judge } from './teach.ts'

const types = PictureType.options

/** What the product would say of a sample: a type, or that it is not sure. */
export function saidOf(head: Head, { features }: Sample): PictureType | null {
  const probabilities = judge(head, features)
  return typeOf(
    types
      .map((name, at) => ({ name, probability: probabilities[at]! }))
      .toSorted((a, b) => b.probability - a.probability),
  )
}

export type Tally = { all: number; right: number; unsure: number; wrong: number }

export function tally(head: Head, samples: readonly Sample[], part: Part): Tally {
  const said = samples
    .filter((sample) => sample.part === part)
    .map((sample) => [sample.type, saidOf(head, sample)])
  const right = said.filter(([type, guess]) => type === guess).length
  const unsure = said.filter(([, guess]) => guess === null).length
  return { all: said.length, right, unsure, wrong: said.length - right - unsure }
}

/** A confusion matrix in Markdown: what it is down the side, what was said across. */
export function matrix(head: Head, samples: readonly Sample[], part: Part): string {
  const columns = [...types, null]
  const rows = types.flatMap((type) => {
    const said = samples
      .filter((sample) => sample.part === part && sample.type === type)
      .map((sample) => saidOf(head, sample))
    if (said.length === 0) return []
    const cells = columns.map((column) => said.filter((guess) => guess === column).length || '')
    return [`| ${[`**${type}**`, ...cells, said.length].join(' | ')} |`]
  })
  const header = ['is', ...types, 'unsure', 'n']
  return [`| ${header.join(' | ')} |`, `|${header.map(() => ' --- |').join('')}`, ...rows].join('\n')
}
