import { QueryClient, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Endpoint } from '#shared/endpoint.ts'
import { ApiError, call, type CallInput } from './api.ts'

const retries = 2

/** One per page load. Reads are retried twice when that may help; writes never by themselves. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        gcTime: 5 * 60_000,
        retry: (failures, error) => failures < retries && error instanceof ApiError && error.retryable,
        retryDelay: (failures, error) =>
          (error instanceof ApiError ? error.retryAfterMs : null) ?? Math.min(8000, 500 * 2 ** failures),
      },
      mutations: { retry: false },
    },
  })
}

type QueryArguments<E extends Endpoint> =
  object extends CallInput<E> ? [input?: Omit<CallInput<E>, 'signal'>] : [input: Omit<CallInput<E>, 'signal'>]

/**
 * Options for useQuery: `useQuery(read(readClinic))`, `useQuery(read(readNote, { params: { encounterId } }))`.
 * The key is [method and path, input], so `keyOf(readClinic)` invalidates every reading of it.
 */
export function read<E extends Endpoint>(endpoint: E, ...[input]: QueryArguments<E>) {
  return queryOptions<z.output<E['reply']>, Error>({
    queryKey: [...keyOf(endpoint), input ?? {}],
    queryFn: ({ signal }) => {
      const withSignal = { ...input, signal } as CallInput<E>
      return (call as (endpoint: E, input: CallInput<E>) => Promise<z.output<E['reply']>>)(
        endpoint,
        withSignal,
      )
    },
  })
}

/** For `queryClient.invalidateQueries({ queryKey: keyOf(readClinic) })`. */
export function keyOf(endpoint: Endpoint): readonly [string] {
  return [`${endpoint.method} ${endpoint.path}`]
}
