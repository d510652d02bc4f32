import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { readSnapshotImage, type Snapshot } from '#shared/imaging.ts'
import { addressOf } from '../../platform/api.ts'
import { pixelsOf } from '../capture/measure.ts'
import type { Samples } from './numbers.ts'

/** Enough for colours, small enough for a phone. */
const edge = 800

/** The original's samples, read once they are `wanted`. */
export function useSamples({ id: snapshotId }: Snapshot, wanted: boolean): UseQueryResult<Samples> {
  return useQuery({
    queryKey: ['samples of the original', snapshotId, edge],
    enabled: wanted,
    // The original never changes.
    staleTime: Infinity,
    queryFn: async ({ signal }): Promise<Samples> => {
      const address = addressOf(readSnapshotImage, { params: { snapshotId, variant: 'original' } })
      const response = await fetch(address, { credentials: 'same-origin', signal })
      if (!response.ok) throw new Error(`The original cannot be read (${response.status})`)
      const picture = await createImageBitmap(await response.blob(), { imageOrientation: 'from-image' })
      try {
        return pixelsOf(picture, picture, edge)
      } finally {
        picture.close()
      }
    },
  })
}
