import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { readSession, signIn, signOut, type Me } from '#shared/identity.ts'
import { ApiError, call } from '../platform/api.ts'
import { suggestLanguage } from '../platform/i18n.ts'
import { keyOf } from '../platform/query.ts'
import { announce } from '../ui/live-region.tsx'
import { notify } from '../ui/notify.ts'

/** Who is here. A guest who came by link is `in` too, with `userId: null`. */
export type Session =
  | { state: 'loading' }
  | { state: 'out' }
  | { state: 'in'; me: Me }
  | { state: 'failed'; error: Error; retry: () => void }

const session = queryOptions<Me | null>({
  queryKey: [...keyOf(readSession)],
  queryFn: async ({ signal }) => {
    try {
      return await call(readSession, { signal })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unauthenticated') return null
      throw error
    }
  },
  staleTime: 5 * 60_000,
})

export function useSession(): Session {
  const query = useQuery(session)
  if (query.data) return { state: 'in', me: query.data }
  if (query.data === null) return { state: 'out' }
  if (query.isError) return { state: 'failed', error: query.error, retry: () => void query.refetch() }
  return { state: 'loading' }
}

/** Signs in; resolves to the person, whose language is taken unless this device has chosen one. */
export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: { email: string; password: string }) => call(signIn, { body: input }),
    onSuccess: async (me) => {
      queries.clear()
      queries.setQueryData(session.queryKey, me)
      await suggestLanguage(me.locale)
    },
  })
}

/** Signs out. The sign-in page is loaded anew, so that nothing that was read stays in this tab's memory. */
export function useSignOut(): () => void {
  const { mutate } = useMutation({
    mutationFn: () => call(signOut),
    onSuccess: () => {
      location.assign('/sign-in?signed-out')
    },
    onError: (error) => {
      notify.problem(error)
      announce(error.message, true)
    },
  })
  return () => {
    mutate()
  }
}

/** Reads the session again, for instance after a link gave this browser a guest session. */
export async function refreshSession(queries: QueryClient): Promise<void> {
  await queries.invalidateQueries({ queryKey: session.queryKey })
}

/** When any reading finds the session gone, the guards send to the sign-in page at once. */
export function watchSession(queries: QueryClient): void {
  queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'error') return
    const error: unknown = event.action.error
    if (error instanceof ApiError && error.code === 'unauthenticated') {
      queries.setQueryData(session.queryKey, null)
    }
  })
}
