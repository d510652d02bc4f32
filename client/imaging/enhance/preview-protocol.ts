import type { Area, Step } from '#shared/imaging-recipe.ts'
import type { JudgedPatch } from './judge-patch.ts'

/** What the page asks of the worker: first the picture, then any number of tries of it. */
export type FromPage =
  | { kind: 'open'; picture: ImageBitmap; serverEdge: number }
  /** `edge` is how long the longer edge of the answer may be. */
  | { kind: 'try'; id: number; steps: Step[]; edge: number }
  /** May this place stand for white or grey? */
  | { kind: 'judge'; id: number; patch: Area }

/** `reason` is for the journal. */
export type FromWorker = Tried | Judged
export type Judged = { id: number; judged: JudgedPatch | null }
export type Tried =
  | { id: number; made: ImageBitmap; ms: number }
  | { id: number; made: null; problem: 'nothing_to_balance' | 'failed'; reason: string }
