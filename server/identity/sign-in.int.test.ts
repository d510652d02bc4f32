import { deepEqual, equal, ok } from 'node:assert/strict'
import { setPersonActive, signIn } from '#shared/identity.ts'
import { minuteMs } from '#shared/time.ts'
import type { Client } from '#test/support/client.ts'
import { password, startWorld, type World } from '#test/support/world.ts'

describe('Signing in', function () {
  this.timeout(120_000)
  let world: World

  before(async () => {
    world = await startWorld()
    const administrator = await world.signIn('administrator')
    await administrator.call(setPersonActive, {
      params: { userId: world.people.otherDoctor.id },
      body: { active: false },
    })
  })
  after(() => world.close())

  const refusedTry = (client: Client, email: string, word = 'not-the-password') =>
    client.send(signIn, { body: { email, password: word } })

  it('answers the same to an unknown name, a wrong password and somebody who was switched off', async () => {
    const answers = []
    for (const [email, word] of [
      ['nobody@example.org', 'not-the-password'],
      ['doctor@example.org', 'not-the-password'],
      ['other@example.org', password],
    ] as const) {
      const response = await refusedTry(world.stranger(), email, word)
      const { instance, ...problem } = (await response.json()) as { instance: string }
      ok(instance)
      const headers = [...response.headers.keys()].filter((name) => name !== 'x-request-id')
      answers.push(JSON.stringify({ status: response.status, headers, problem }))
    }
    equal(new Set(answers).size, 1, answers.join('\n'))
    ok(answers[0]?.includes('wrong_credentials'))
  })

  it('takes as long for an unknown name as for a wrong password', async () => {
    const times: Record<string, number[]> = { 'nobody@example.org': [], 'doctor@example.org': [] }
    const client = world.stranger()
    for (let round = 0; round < 25; round++) {
      for (const [email, taken] of Object.entries(times)) {
        // A quarter of an hour later the throttle has forgotten.
        world.clock.advance(16 * minuteMs)
        const startedAt = performance.now()
        equal((await refusedTry(client, email)).status, 401)
        taken.push(performance.now() - startedAt)
      }
    }
    // The quickest tell what it costs; the others, how busy the machine was.
    const [unknown = 0, wrong = 0] = Object.values(times).map((taken) => Math.min(...taken))
    ok(Math.abs(unknown - wrong) < 20, `unknown name ${unknown} ms, wrong password ${wrong} ms`)
    ok(unknown > 5, `an unknown name costs a real check, not ${unknown} ms`)
  })

  it('slows guessing down alike for names that exist and names that do not', async () => {
    const outcomes = []
    for (const email of ['nobody@example.org', 'scheduler@example.org']) {
      world.clock.advance(16 * minuteMs)
      const statuses = []
      for (let count = 0; count < 9; count++)
        statuses.push((await refusedTry(world.stranger(), email)).status)
      outcomes.push(statuses)
    }
    deepEqual(outcomes[0], [401, 401, 401, 401, 401, 401, 429, 429, 429])
    deepEqual(outcomes[1], outcomes[0])
  })

  it('says when to come back', async () => {
    world.clock.advance(16 * minuteMs)
    let last = await refusedTry(world.stranger(), 'scheduler@example.org')
    for (let count = 0; count < 7; count++) last = await refusedTry(world.stranger(), 'scheduler@example.org')
    equal(last.status, 429)
    ok(Number(last.headers.get('Retry-After')) >= 1)
  })

  it('is told in the audit trail, whether it worked or not', async () => {
    world.clock.advance(16 * minuteMs)
    await refusedTry(world.stranger(), 'doctor@example.org')
    await world.signIn('doctor')
    const [success, refusal] = await world.house.audit.search({ action: 'session.begin', limit: 2 })
    equal(success?.outcome, 'success')
    equal(refusal?.outcome, 'refused')
    deepEqual([success?.entityId, refusal?.entityId], [world.people.doctor.id, world.people.doctor.id])
    equal(refusal?.actorKind, 'anonymous')
    const [own] = await world.house.audit.search({ actorId: world.people.doctor.id, limit: 1 })
    equal(own?.sequence, success?.sequence, 'a sign-in is among what the person did')
  })

  it('refuses what has not the shape of a sign-in, and says which field', async () => {
    world.clock.advance(16 * minuteMs)
    for (const body of [
      {},
      { email: 'doctor@example.org' },
      { email: 'doctor@example.org', password: 'x'.repeat(129) },
      { email: ['doctor@example.org'], password },
      { email: 'doctor@example.org', password, role: 'administrator' },
    ]) {
      const response = await world.stranger().send(signIn, { body })
      equal(response.status, 400, JSON.stringify(Object.keys(body)))
    }
  })

  it('writes neither the name nor the password of anyone to the log', async () => {
    const text = world.log.join('\n')
    ok(text.includes('POST /api/session'))
    equal(/example\.org|not-the-password|correct-horse|Dr\. Doctor/.test(text), false)
  })
})
