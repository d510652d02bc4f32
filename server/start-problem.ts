type Fact = { code: string; syscall: string; message: string }

const data = 'Set DATA_DIR to a folder that Bedside may write to.'
const answers: readonly { when: (fact: Fact) => boolean; say: (fact: Fact) => string }[] = [
  { when: isListening('EADDRINUSE'), say: () => 'the port is in use. Set PORT to another one.' },
  {
    when: isListening('EACCES'),
    say: () => 'the port needs rights that this account does not have. Set PORT to one above 1023.',
  },
  { when: isListening('EADDRNOTAVAIL'), say: () => 'HOST is no address of this machine.' },
  {
    when: ({ code }) => ['ENOSPC', 'SQLITE_FULL'].includes(code),
    say: () => 'the disk is full. Make room, or set DATA_DIR to a folder on another one.',
  },
  {
    when: ({ code, syscall }) =>
      ['EROFS', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'].includes(code) ||
      (['EACCES', 'EPERM', 'EEXIST', 'ENOTDIR', 'ENOENT'].includes(code) && /^(mkdir|open)$/.test(syscall)),
    say: ({ message }) => `its data cannot be written (${message}). ${data}`,
  },
  {
    when: ({ code, syscall }) =>
      code.startsWith('ER_') || code === 'ENOTFOUND' || (syscall === 'connect' && code !== ''),
    say: ({ message }) => `the database cannot be used (${message}). Check DATABASE_URL.`,
  },
]

/** For the person at the keyboard: why the server did not start, and what to do where that is known. */
export function startProblem(error: unknown): string {
  if (!(error instanceof Error)) return 'Bedside could not start.'
  const facts = factsOf(error)
  for (const { when, say } of answers) {
    const fact = facts.find(when)
    if (fact) return `Bedside could not start: ${say(fact)}`
  }
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `Bedside could not start: ${error.message}${cause}`
}

/** Of the error and all that it came of. */
function factsOf(error: unknown): Fact[] {
  if (!(error instanceof Error)) return []
  const word = (name: 'code' | 'syscall') => {
    const value: unknown = Reflect.get(error, name)
    return typeof value === 'string' ? value : ''
  }
  return [{ code: word('code'), syscall: word('syscall'), message: error.message }, ...factsOf(error.cause)]
}

function isListening(code: string): (fact: Fact) => boolean {
  return (fact) => fact.code === code && fact.syscall === 'listen'
}
