import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState } from './ErrorState.tsx'
import { Loading } from './Loading.tsx'

interface LoadedProps<T> {
  query: UseQueryResult<T>
  /** The shape of what will come, shown after 200 ms. */
  skeleton?: ReactNode
  children: (value: T) => ReactNode
}

/** The three faces of a reading: not there yet, failed, there. Old data stay visible while they are renewed. */
export function Loaded<T>({ query, skeleton, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Loading>{skeleton}</Loading>
}
