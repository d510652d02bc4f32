import { equal, rejects } from 'node:assert/strict'
import { DomainError } from '#shared/errors.ts'
import { createMemoryCoordination, type Coordination } from '../platform/coordination.ts'
import { createThrottle } from './throttle.ts'

const email = 'doctor@clinic.test'
const home = '198.51.100.1'
const pseudonymKey = Buffer.alloc(32, 7)

describe('The throttle of sign-ins', () => {
  let now: number
  let store: Coordination

  beforeEach(() => {
    now = 1_000_000
    store = createMemoryCoordination(() => now)
  })
  afterEach(() => store.close())

  const throttle = (shared: Coordination = store) => createThrottle({ shared, own: store, pseudonymKey })
  async function isLetIn(who: string, from: string, shared?: Coordination): Promise<boolean> {
    try {
      await throttle(shared).begin(who, from)
      return true
    } catch (error) {
      if (error instanceof DomainError && error.code === 'rate_limited') return false
      throw error
    }
  }
  async function tries(count: number, who: (n: number) => string, from: (n: number) => string) {
    let letIn = 0
    for (let n = 0; n < count; n++) {
      if (!(await isLetIn(who(n), from(n)))) continue
      letIn++
      await throttle().failed(who(n), from(n))
    }
    return letIn
  }

  it('takes all addresses of one IPv6 line for one place', async () => {
    const letIn = await tries(80, (n) => `${n}@clinic.test`, (n) => `2001:db8:0:7::${n.toString(16)}`) // prettier-ignore
    equal(letIn, 51)
    equal(await isLetIn('one-more@clinic.test', '2001:db8:0:8::1'), true)
  })

  it('forgives five mistakes, then lets one try through for each growing wait', async () => {
    equal(await tries(5, () => email, () => home), 5) // prettier-ignore
    equal(await isLetIn(email, home), true)
    equal(await isLetIn(email, home), false)
    now += 1_000
    equal(await isLetIn(email, home), true)
    now += 1_000
    equal(await isLetIn(email, home), false)
  })

  it('counts guesses that come all at once', async () => {
    const all = await Promise.all(Array.from({ length: 100 }, () => isLetIn(email, home)))
    equal(all.filter(Boolean).length, 6)
  })

  it('slows many places that guess at one account, but for seconds only', async () => {
    equal(await tries(100, () => email, (n) => `203.0.113.${n}`), 21) // prettier-ignore
    now += 30_000
    equal(await isLetIn(email, '203.0.113.200'), true)
  })

  it('does not let strangers lock out somebody where they have signed in before', async () => {
    await throttle().succeeded(email, home)
    await tries(500, () => email, (n) => `203.0.113.${n % 250}`) // prettier-ignore
    equal(await isLetIn(email, home), true)
  })

  it('slows one place that tries many accounts', async () => {
    equal(await tries(100, (n) => `person${n}@clinic.test`, () => home), 51) // prettier-ignore
    equal(await isLetIn('person1000@clinic.test', '203.0.113.9'), true)
  })

  it('forgets mistakes after a success', async () => {
    await tries(5, () => email, () => home) // prettier-ignore
    await throttle().succeeded(email, home)
    equal(await tries(5, () => email, () => home), 5) // prettier-ignore
  })

  it('goes on counting by itself while the shared counters are away', async () => {
    const away = async (): Promise<never> => {
      throw new DomainError('unavailable', { part: 'redis' })
    }
    const shared = { ...store, get: away, increment: away, setIfAbsent: away, delete: away, set: away }
    for (let count = 0; count < 6; count++) equal(await isLetIn(email, home, shared), true)
    equal(await isLetIn(email, home, shared), false)
  })

  it('keeps no address and no email in its counters', async () => {
    const seen: string[] = []
    const increment: Coordination['increment'] = async (key) => seen.push(key)
    await throttle({ ...store, increment }).begin(email, home)
    equal(seen.length, 2)
    equal(/doctor|clinic|198/.test(seen.join()), false)
  })

  it('says how long to wait', async () => {
    await tries(6, () => email, () => home) // prettier-ignore
    await rejects(throttle().begin(email, home), { code: 'rate_limited', params: { retryAfterMs: 2_000 } })
  })
})
