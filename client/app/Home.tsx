import { Navigate } from 'react-router'
import { homeOf } from '../identity/home-of.ts'
import { useSession } from '../identity/useSession.ts'
import { ErrorState } from '../ui/ErrorState.tsx'
import { PageSkeleton } from './PageSkeleton.tsx'

/** The bare address: each role's own home, or the sign-in page. */
export function Home() {
  const session = useSession()
  switch (session.state) {
    case 'loading':
      return <PageSkeleton />
    case 'failed':
      return <ErrorState error={session.error} onRetry={session.retry} />
    case 'out':
      return <Navigate to="/sign-in" replace />
    case 'in':
      return <Navigate to={homeOf(session.me.role)} replace />
  }
}
