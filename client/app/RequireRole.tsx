import { Navigate, Outlet, useLocation } from 'react-router'
import type { Role } from '#shared/identity.ts'
import { homeOf } from '../identity/home-of.ts'
import { useSession } from '../identity/useSession.ts'
import { ErrorState } from '../ui/ErrorState.tsx'
import { PageSkeleton } from './PageSkeleton.tsx'

/** Lets these roles through, sends others to their home, and the signed-out to the sign-in page and back. */
export function RequireRole({ roles }: { roles: readonly Role[] }) {
  const session = useSession()
  const location = useLocation()
  switch (session.state) {
    case 'loading':
      return <PageSkeleton />
    case 'failed':
      return <ErrorState error={session.error} onRetry={session.retry} />
    case 'out':
      return <Navigate to="/sign-in" state={{ from: location.pathname + location.search }} replace />
    case 'in':
      return roles.includes(session.me.role) ? <Outlet /> : <Navigate to={homeOf(session.me.role)} replace />
  }
}
