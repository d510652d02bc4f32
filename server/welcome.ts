import type { DemoInfo } from './identity/index.ts'
import type { Role } from '#shared/identity.ts'

const roleNames: Record<Role, string> = {
  practitioner: 'Doctor',
  scheduler: 'Scheduler',
  administrator: 'Administrator',
  patient: 'Patient',
}

/** What the person who started Bedside reads: where it is and, in a demo clinic, how to get in. */
export function welcome(url: string, demo: DemoInfo | null): string {
  const lines = ['', `Bedside is ready: ${url}`, '']
  if (demo) {
    const widest = (texts: string[]) => Math.max(...texts.map((text) => text.length))
    const names = widest(demo.accounts.map(({ displayName }) => displayName))
    const emails = widest(demo.accounts.map(({ email }) => email))
    lines.push('Sign in to the demo clinic, with its invented patients, as')
    for (const [role, name] of Object.entries(roleNames)) {
      const account = demo.accounts.find((one) => one.role === role)
      if (!account) continue
      const { displayName, email, password } = account
      lines.push(`  ${name.padEnd(14)} ${displayName.padEnd(names)}  ${email.padEnd(emails)}  ${password}`)
    }
    if (demo.joinPath !== null) {
      lines.push('or come as a patient does, by link and without an account:')
      lines.push(`  ${url}${demo.joinPath}  date of birth ${demo.joinBirthDate ?? ''}`)
    }
    lines.push('')
  }
  lines.push('Ctrl-C ends it.', '')
  return lines.join('\n')
}
