import type { z } from 'zod'
import type { viewerNews } from '#shared/imaging-viewer.ts'

export type Shown = z.output<(typeof viewerNews)['viewer:shown']>

/**
 * The patient's side of a shared picture. following: sees what the presenter sees; roaming: looks around alone;
 * away: has closed the viewer while the presenter goes on.
 */
export interface Following {
  /** What the presenter shows; null: nothing. */
  readonly shown: Shown | null
  readonly part: 'following' | 'roaming' | 'away'
  /** Of the newest message that was heeded. */
  readonly sequence: number
}

export type FollowingStep =
  | { readonly do: 'shown'; readonly news: Shown }
  | { readonly do: 'closed'; readonly sequence: number }
  /** Nothing was heard of the presenter for a while. */
  | { readonly do: 'silence' }
  | { readonly do: 'roam' }
  | { readonly do: 'follow' }
  | { readonly do: 'leave' }

export const notFollowing: Following = { shown: null, part: 'following', sequence: -1 }

/** The newest message counts, whatever came when; a new presentation is followed by itself. */
export function follow(now: Following, step: FollowingStep): Following {
  switch (step.do) {
    case 'shown':
      if (step.news.sequence <= now.sequence) return now
      return {
        shown: step.news,
        part: now.shown ? now.part : 'following',
        sequence: step.news.sequence,
      }
    case 'closed':
      if (step.sequence <= now.sequence) return now
      return { ...now, shown: null, sequence: step.sequence }
    case 'silence':
      return now.shown ? { ...now, shown: null } : now
    case 'roam':
      return now.part === 'roaming' ? now : { ...now, part: 'roaming' }
    case 'follow':
      return now.part === 'following' ? now : { ...now, part: 'following' }
    case 'leave':
      return now.part === 'away' ? now : { ...now, part: 'away' }
  }
}
