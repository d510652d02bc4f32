/** What a kind of process can do: by the task's name, what it is asked and what it answers. */
export type TaskMap = Record<string, { ask: object; answer: object }>

/** What the server asks of a child. One job at a time, so that a killed child loses one. */
export type Job = { id: number; task: string; ask: object }

export type Answer =
  | { id: number; state: 'done'; answer: object }
  /** What was asked cannot be done with what was given; asking again will not help. */
  | { id: number; state: 'refused'; code: string; reason: string }
  | { id: number; state: 'failed'; reason: string }

/** A child says once that it is ready, then gives one answer per job. */
export type FromChild = { state: 'ready' } | Answer
