import { IconCalendar, IconHome, IconSettings, IconStethoscope } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, useLocation } from 'react-router'
import type { Role } from '#shared/identity.ts'
import { useSession, useSignOut } from '../identity/useSession.ts'
import { AppShell, type Place } from '../ui/AppShell.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { PageSkeleton } from './PageSkeleton.tsx'

/** The frame of everyone who is signed in, with the places of their role. */
export function SignedIn() {
  const { t } = useTranslation()
  const session = useSession()
  const signOut = useSignOut()
  const location = useLocation()
  if (session.state === 'loading') return <PageSkeleton />
  if (session.state === 'failed') return <ErrorState error={session.error} onRetry={session.retry} />
  if (session.state === 'out') {
    return <Navigate to="/sign-in" state={{ from: location.pathname + location.search }} replace />
  }
  const { displayName, role, organization } = session.me
  return (
    <AppShell
      clinic={organization.name}
      person={{ name: displayName, role: t(`role.${role}`) }}
      places={placesOf(role, t)}
      onSignOut={signOut}
    >
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </AppShell>
  )
}

function placesOf(role: Role, t: TFunction<'common'>): readonly Place[] {
  const schedule: Place = { to: '/schedule', label: t('nav.schedule'), icon: IconCalendar }
  switch (role) {
    case 'scheduler':
      return [schedule]
    case 'practitioner':
      return [{ to: '/clinic', label: t('nav.clinic'), icon: IconStethoscope }, schedule]
    case 'patient':
      return [{ to: '/home', label: t('nav.home'), icon: IconHome }]
    case 'administrator':
      return [{ to: '/admin', label: t('nav.admin'), icon: IconSettings }]
  }
}
