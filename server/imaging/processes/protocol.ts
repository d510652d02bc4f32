/** What a kind of process can do: by the task's name, what it is asked and what it answers. */
export type TaskMap = Record<string, { ask: object; answer: object }>

/** What the server asks of a child. One job at a time, so that a killed child loses one. */
export type Job = { id: number; task: string; ask: object }

/** Bytes that were taken out of a message: the property they were, and where they lie in the memory file. */
export type Placed = { name: string; at: number; length: number }

/** `placed` is null when this child has no memory file. */
export type ToChild = Job & { placed: Placed[] | null }

export type Answer =
  | { id: number; state: 'done'; answer: object; placed: Placed[] }
  /** What was asked cannot be done with what was given; asking again will not help. */
  | { id: number; state: 'refused'; code: string; reason: string }
  | { id: number; state: 'failed'; reason: string }

/** A child says once that it is ready, then gives one answer per job. */
export type FromChild = { state: 'ready' } | Answer
