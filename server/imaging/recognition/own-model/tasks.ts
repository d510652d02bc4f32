import type { Pixels } from '../../pipeline/tasks.ts'
import type { Manifest } from './manifest.ts'

/** A network in a file, and what its manifest says of it. */
export type OwnModelFile = { file: string; bytes: number; manifest: Manifest }

export type Scored = { label: string; score: number }

/** What the server asks of the process in which clinics' own networks run. */
export type OwnModelTasks = {
  /** Opens it and has it look at a grey picture. */
  tryOut: { ask: OwnModelFile; answer: Record<never, never> }
  classify: { ask: OwnModelFile & { picture: Pixels }; answer: { labels: Scored[] } }
}
