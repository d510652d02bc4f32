import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import { listEnhancements, listSnapshots, type Snapshot } from '#shared/imaging.ts'
import { readPatientContext } from '#shared/records.ts'
import type { CallSession } from '../consult/call/CallSession.ts'
import { keyOf, read } from '../platform/query.ts'

/** Until the list is asked what else is known of an enhanced picture: the picture itself goes first. */
const afterPictureMs = 500

/** The pictures of this consult, renewed by news and, slowly, without them. */
export function useSnapshots(session: CallSession): UseQueryResult<{ snapshots: Snapshot[] }> {
  const queries = useQueryClient()
  const { consultId } = session
  useEffect(() => {
    const { queryKey } = read(listSnapshots, { params: { consultId } })
    const renew = () => void queries.invalidateQueries({ queryKey })
    let renewing: ReturnType<typeof setTimeout>
    const removers = [
      session.onNews('snapshot:captured', renew),
      session.onNews('snapshot:enhanced', ({ snapshotId, state }) => {
        queries.setQueryData(queryKey, (before) => before && withState(before, snapshotId, state))
        clearTimeout(renewing)
        // A list that is on its way may not know of it yet.
        if (queries.isFetching({ queryKey }) > 0) renew()
        else renewing = setTimeout(renew, afterPictureMs)
      }),
      session.onNews('snapshot:described', () => {
        renew()
        // The chart beside the call shows it too.
        void queries.invalidateQueries({ queryKey: keyOf(readPatientContext) })
      }),
      session.onNews('enhancement:changed', () => {
        void queries.invalidateQueries({ queryKey: keyOf(listEnhancements) })
      }),
    ]
    return () => {
      clearTimeout(renewing)
      for (const remove of removers) remove()
    }
  }, [session, queries, consultId])
  return useQuery({
    ...read(listSnapshots, { params: { consultId } }),
    refetchInterval: ({ state }) =>
      state.data?.snapshots.some(({ state: made, awaitsContent }) => made === 'processing' || awaitsContent)
        ? 3000
        : 30_000,
  })
}

function withState({ snapshots }: { snapshots: Snapshot[] }, id: Snapshot['id'], state: Snapshot['state']) {
  return { snapshots: snapshots.map((snapshot) => (snapshot.id === id ? { ...snapshot, state } : snapshot)) }
}
