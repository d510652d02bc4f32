import type { Quality } from '#shared/consult.ts'

/** What is known about how well a participant's media reaches the SFU. */
export type Reception = {
  /** The participant's own word. */
  reported: Quality | null
  /** Score (0 to 10) of each stream being sent; paused ones are left out, as they score nothing. */
  scores: readonly number[]
  /** ICE has lost the participant. */
  disconnected: boolean
}

const order: readonly Quality[] = ['good', 'fair', 'poor', 'lost']

/** One word for both sides: the worse of what the participant measures and what the SFU receives. */
export function qualityWord({ reported, scores, disconnected }: Reception): Quality | null {
  if (disconnected) return 'lost'
  return worse(reported, wordOfScores(scores))
}

function wordOfScores(scores: readonly number[]): Quality | null {
  if (scores.length === 0) return null
  // The best stream counts: a picture that suffers while the voice is clear is not a poor connection yet.
  const best = Math.max(...scores)
  if (best >= 7) return 'good'
  return best >= 4 ? 'fair' : 'poor'
}

function worse(one: Quality | null, other: Quality | null): Quality | null {
  if (one === null || other === null) return one ?? other
  return order.indexOf(one) > order.indexOf(other) ? one : other
}
