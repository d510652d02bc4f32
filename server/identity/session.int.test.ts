import { deepEqual, equal, notEqual, ok } from 'node:assert/strict'
import { readSession, setPersonActive, signIn, signOut } from '#shared/identity.ts'
import { hourMs, minuteMs } from '#shared/time.ts'
import { password, startWorld, type World } from '#test/support/world.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`A session (${engine})`, function () {
    this.timeout(60_000)
    let world: World

    before(async () => {
      world = await startWorld({ engine })
    })
    after(() => world.close())

    it('tells who is signed in, and where', async () => {
      const doctor = await world.signIn('doctor')
      const me = await doctor.call(readSession)
      equal(me.displayName, 'Dr. Doctor')
      equal(me.role, 'practitioner')
      equal(me.practitionerId, world.people.doctor.practitionerId)
      deepEqual(me.organization, { id: world.clinic.id, name: 'Riverside Clinic', zone: 'Europe/Berlin' })
    })

    it('begins with the address in any spelling of its letters', async () => {
      const client = world.stranger()
      const me = await client.call(signIn, { body: { email: 'Doctor@Example.ORG', password } })
      equal(me.displayName, 'Dr. Doctor')
    })

    it('is nothing that a stranger has', async () => {
      const problem = await world.stranger().refusal(readSession)
      deepEqual([problem.status, problem.code], [401, 'unauthenticated'])
    })

    it('has a new name at each sign-in, and the former one is worth nothing', async () => {
      const client = await world.signIn('doctor')
      const before = new Map(client.cookies)
      await client.call(signIn, { body: { email: 'doctor@example.org', password } })
      notEqual(client.cookies.get('bedside'), before.get('bedside'))
      const thief = world.stranger()
      for (const [name, value] of before) thief.cookies.set(name, value)
      equal((await thief.refusal(readSession)).code, 'unauthenticated')
    })

    it('keeps only a hash of its token', async () => {
      const client = await world.signIn('doctor')
      const token = client.cookies.get('bedside') ?? ''
      const rows: unknown = await world.house.db.read((tx) => tx.manager.query('SELECT * FROM session'))
      equal(JSON.stringify(rows).includes(token), false)
      equal(token.length, 43)
    })

    it('ends with signing out', async () => {
      const client = await world.signIn('scheduler')
      const cookies = new Map(client.cookies)
      await client.call(signOut)
      equal(client.cookies.size, 0)
      for (const [name, value] of cookies) client.cookies.set(name, value)
      equal((await client.refusal(readSession)).code, 'unauthenticated')
    })

    it('of staff ends after fifteen idle minutes, and each use postpones that', async () => {
      const client = await world.signIn('scheduler')
      world.clock.advance(14 * minuteMs)
      await client.call(readSession)
      world.clock.advance(14 * minuteMs)
      await client.call(readSession)
      world.clock.advance(15 * minuteMs)
      equal((await client.refusal(readSession)).code, 'unauthenticated')
    })

    it('ends after twelve hours, however busy it is', async () => {
      const client = await world.signIn('scheduler')
      for (let spent = 0; spent < 12 * hourMs - 10 * minuteMs; spent += 10 * minuteMs) {
        world.clock.advance(10 * minuteMs)
        await client.call(readSession)
      }
      world.clock.advance(10 * minuteMs)
      equal((await client.refusal(readSession)).code, 'unauthenticated')
    })

    it('ends at once, on the next request, when the person is switched off', async () => {
      const administrator = await world.signIn('administrator')
      const doctor = await world.signIn('otherDoctor')
      const params = { userId: world.people.otherDoctor.id }
      await administrator.call(setPersonActive, { params, body: { active: false } })
      equal((await doctor.refusal(readSession)).code, 'unauthenticated')
      const again = { email: 'other@example.org', password }
      equal((await world.stranger().refusal(signIn, { body: again })).code, 'wrong_credentials')
      await administrator.call(setPersonActive, { params, body: { active: true } })
      await world.signIn('otherDoctor')
    })

    it('cannot be begun or used for writing from a foreign page', async () => {
      const client = await world.signIn('scheduler')
      const foreign = [
        { Origin: 'https://evil.example' },
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
        { 'X-Bedside': '' },
      ]
      for (const headers of foreign) {
        equal((await client.send(signOut, { headers })).status, 403, JSON.stringify(headers))
      }
      await client.call(readSession)
    })
  })
}

describe('The session cookie', function () {
  this.timeout(60_000)

  it('is for this host alone, over https alone, and out of scripts’ reach', async () => {
    const settings = { PUBLIC_URL: 'https://localhost' }
    const world = await startWorld({ settings })
    try {
      const client = world.stranger()
      client.origin = `http://127.0.0.1:${world.server().port}`
      const response = await client.send(signIn, {
        body: { email: 'doctor@example.org', password },
        headers: { Origin: 'https://localhost' },
      })
      const [cookie = ''] = response.headers.getSetCookie()
      const seconds = Number(/Max-Age=(\d+)/.exec(cookie)?.[1])
      // Twelve hours from the sign-in, of which the answer has used a moment.
      ok(seconds > 12 * 3600 - 10 && seconds <= 12 * 3600, `${seconds} s`)
      equal(
        cookie.replace(/=[\w-]{43};/, '=TOKEN;').replace(/Max-Age=\d+/, 'Max-Age=LIFE'),
        '__Host-bedside=TOKEN; Path=/; HttpOnly; SameSite=Lax; Max-Age=LIFE; Secure',
      )
    } finally {
      await world.close()
    }
  })
})
