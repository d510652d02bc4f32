import type { Page } from 'playwright-core'
import type { Party } from './party.ts'

/** One screen or state, and the way there from the stop before it. */
export interface Stop {
  /** As the picture is called. */
  name: string
  /** Worth a picture in both sizes, both colours and both languages. */
  key?: boolean
  /** Goes on below the fold on a phone. */
  long?: boolean
  /** Brings the screen up and leaves it there. Throws when it cannot be reached. */
  reach: (party: Party) => Promise<Page>
}
