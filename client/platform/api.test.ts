import assert from 'node:assert/strict'
import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'
import { ApiError, addressOf, call } from './api.ts'

const readThing = endpoint({
  method: 'GET',
  path: '/api/clinics/:clinicId/things/:thingId',
  params: z.strictObject({ clinicId: z.string(), thingId: z.string() }),
  query: z.strictObject({ from: z.coerce.number().optional(), query: z.string().optional() }),
  reply: z.strictObject({ name: z.string() }),
})
const changeThing = endpoint({
  method: 'POST',
  path: '/api/things',
  body: z.strictObject({ name: z.string() }),
  reply: z.strictObject({ name: z.string() }),
})

describe('The address of a request', () => {
  it('has its parameters filled in, made safe, and leaves out what is not asked', () => {
    assert.equal(
      addressOf(readThing, {
        params: { clinicId: 'a/b', thingId: 'ä' },
        query: { from: 5, query: undefined },
      }),
      '/api/clinics/a%2Fb/things/%C3%A4?from=5',
    )
  })

  it('is refused when a parameter is missing', () => {
    assert.throws(() => addressOf(readThing, { params: { clinicId: 'a' } }), /thingId/)
  })
})

describe('A request to the server', () => {
  const realFetch = globalThis.fetch
  let sent: Request[] = []

  /** The browser resolves addresses against the page; Node has none. */
  function answer(respond: () => Response | Promise<Response>) {
    globalThis.fetch = (address, init) => {
      assert.ok(typeof address === 'string')
      sent.push(new Request(new URL(address, 'http://clinic.test'), init))
      return Promise.resolve(respond())
    }
  }

  beforeEach(() => {
    sent = []
  })
  after(() => {
    globalThis.fetch = realFetch
  })

  it('carries the header that a foreign page cannot send, but only when it changes something', async () => {
    answer(() => Response.json({ name: 'x' }))
    await call(changeThing, { body: { name: 'x' } })
    await call(readThing, { params: { clinicId: '1', thingId: '2' } })
    assert.deepEqual(
      sent.map((request) => request.headers.get('x-bedside')),
      ['1', null],
    )
    assert.deepEqual(await sent[0]?.json(), { name: 'x' })
  })

  it('that is refused becomes an error with the code, the facts and the id to quote', async () => {
    answer(() =>
      Response.json(
        {
          type: 'about:blank',
          title: 'This time is already taken',
          status: 409,
          code: 'slot_taken',
          retryable: false,
          instance: 'req-7',
          params: { nextFree: [1, 2] },
        },
        { status: 409, headers: { 'retry-after': '3' } },
      ),
    )
    await assert.rejects(call(changeThing, { body: { name: 'x' } }), (error: unknown) => {
      assert.ok(error instanceof ApiError)
      assert.equal(error.code, 'slot_taken')
      assert.equal(error.requestId, 'req-7')
      assert.deepEqual(error.params, { nextFree: [1, 2] })
      assert.equal(error.retryAfterMs, 3000)
      return true
    })
  })

  it('that no server answers becomes "offline", and may be tried again', async () => {
    answer(() => Promise.reject(new TypeError('Failed to fetch')))
    await assert.rejects(call(changeThing, { body: { name: 'x' } }), { code: 'offline', retryable: true })
  })

  it('that a proxy answers with its own page becomes "unavailable" or "unexpected", never a crash', async () => {
    answer(() => new Response('<h1>Bad gateway</h1>', { status: 502 }))
    await assert.rejects(call(changeThing, { body: { name: 'x' } }), { code: 'unavailable', retryable: true })
    answer(() => Response.json({ surprise: true }))
    await assert.rejects(call(changeThing, { body: { name: 'x' } }), { code: 'unexpected_reply' })
  })

  it('that was given up is not an error to show', async () => {
    const gone = new AbortController()
    gone.abort()
    answer(() => Promise.reject(new DOMException('aborted', 'AbortError')))
    await assert.rejects(call(readThing, { params: { clinicId: '1', thingId: '2' }, signal: gone.signal }), {
      name: 'AbortError',
    })
  })
})
