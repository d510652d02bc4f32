import { useQuery } from '@tanstack/react-query'
import type { EnhancementId } from '#shared/ids.ts'
import { listEnhancements, readEnhancementImage, readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import { addressOf } from '../../platform/api.ts'
import { read } from '../../platform/query.ts'

const pollMs = 2000

/** Where the two forms of a picture are. `enhanced` is null while there is none, or none yet. */
export function useSources(
  { id: snapshotId, state }: Snapshot,
  chosen: EnhancementId | null,
): { readonly original: string; readonly enhanced: string | null } {
  const query = useQuery({
    ...read(listEnhancements, { params: { snapshotId } }),
    enabled: chosen !== null,
    refetchInterval: ({ state: { data } }) => {
      const state = data?.enhancements.find(({ id }) => id === chosen)?.state
      return state === 'ready' || state === 'failed' ? false : pollMs
    },
  })
  const made = query.data?.enhancements.find(({ id }) => id === chosen)
  const automatic = state === 'ready' ? imageOf('enhanced') : null
  return {
    original: imageOf('original'),
    enhanced:
      made?.state === 'ready'
        ? addressOf(readEnhancementImage, { params: { enhancementId: made.id } })
        : chosen === null
          ? automatic
          : null,
  }

  function imageOf(variant: 'original' | 'enhanced'): string {
    return addressOf(readSnapshotImage, { params: { snapshotId, variant } })
  }
}
