import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import type { SnapshotId } from '#shared/ids.ts'
import { enhanceSnapshot, listEnhancements, type Enhancement } from '#shared/imaging.ts'
import type { PresetName, Recipe } from '#shared/imaging-recipe.ts'
import { call } from '../../platform/api.ts'
import { newKey } from '../../platform/key.ts'
import { read } from '../../platform/query.ts'

type Listed = { enhancements: Enhancement[] }

/** The enhancements of one picture, oldest first; renewed by news and, while one is being made, by themselves. */
export function useEnhancements(snapshotId: SnapshotId): UseQueryResult<Listed> {
  return useQuery({
    ...read(listEnhancements, { params: { snapshotId } }),
    refetchInterval: ({ state }) =>
      state.data?.enhancements.some((enhancement) => enhancement.state === 'processing') ? 1000 : false,
  })
}

/** Has one made; it is in the list when the answer is there. */
export function useEnhance(snapshotId: SnapshotId) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (by: PresetName | Recipe) =>
      call(enhanceSnapshot, { params: { snapshotId }, body: { by, idempotencyKey: newKey() } }),
    onSuccess: (made) => {
      const { queryKey } = read(listEnhancements, { params: { snapshotId } })
      queries.setQueryData<Listed>(queryKey, (before) => ({
        enhancements: [...(before?.enhancements ?? []).filter(({ id }) => id !== made.id), made],
      }))
    },
  })
}
