import { useSyncExternalStore } from 'react'
import type { SnapshotId } from '#shared/ids.ts'
import type { Snapshot } from '#shared/imaging.ts'
import type { PictureContent } from '#shared/imaging-content.ts'

/** Why a picture is covered: it may show intimate parts, or nothing has judged it yet. */
export type Cover = 'sensitive' | 'awaited'

/** What is to be known of a picture to cover it. */
export type Coverable = Pick<Snapshot, 'id' | 'awaitsContent'> & {
  content: Pick<PictureContent, 'sensitive'> | null
}

// For one sitting: until the page is closed or the person signs out, which loads it anew.
const shown = new Set<SnapshotId>()
const listeners = new Set<() => void>()

export function coverOf({ content, awaitsContent }: Omit<Coverable, 'id'>): Cover | null {
  if (content?.sensitive) return 'sensitive'
  return awaitsContent ? 'awaited' : null
}

/** The person wants to see this picture: it stays uncovered, wherever it is, for the rest of the sitting. */
export function uncover(id: SnapshotId): void {
  shown.add(id)
  for (const listener of listeners) listener()
}

/** How a picture is covered now; null when it may be seen. Follows what the person uncovers. */
export function useCover(picture: Coverable | undefined): Cover | null {
  const isShown = useSyncExternalStore(subscribe, () => picture !== undefined && shown.has(picture.id))
  return picture === undefined || isShown ? null : coverOf(picture)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
