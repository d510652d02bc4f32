import type { Recipe } from '#shared/imaging-recipe.ts'
import type { Outcome } from './derive.ts'
import type { RejectCode } from './errors.ts'

/** What the server asks of a child. One job at a time, so that a killed child loses one. */
export type Job = { id: number; original: Uint8Array; recipe: Recipe }

export type Answer =
  | { id: number; state: 'done'; outcome: Outcome }
  | { id: number; state: 'rejected'; code: RejectCode; reason: string }
  | { id: number; state: 'failed'; reason: string }

/** A child says once that it is ready, then gives one answer per job. */
export type FromChild = { state: 'ready' } | Answer
