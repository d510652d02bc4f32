import type { Role } from '#shared/identity.ts'

/** Where each role lands after signing in. */
export function homeOf(role: Role): string {
  switch (role) {
    case 'scheduler':
      return '/schedule'
    case 'practitioner':
      return '/clinic'
    case 'patient':
      return '/home'
    case 'administrator':
      return '/admin'
  }
}
