import assert from 'node:assert/strict'
import * as consultWire from '#shared/consult.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import * as identityWire from '#shared/identity.ts'
import * as imagingWire from '#shared/imaging.ts'
import * as recordsWire from '#shared/records.ts'
import * as schedulingWire from '#shared/scheduling.ts'
import { anyone } from '#server/platform/policy.ts'
import { Client } from './support/client.ts'
import { startWorld } from './support/world.ts'
import type { World } from './support/world.ts'

const wire = { ...consultWire, ...identityWire, ...imagingWire, ...recordsWire, ...schedulingWire }
const endpoints = Object.values(wire).flatMap((value) =>
  typeof value === 'object' && 'method' in value && 'path' in value ? [value as Endpoint] : [],
)
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
/** What a stranger may ask for: to sign in and out, and to come by a link. */
const open = [
  'POST /api/session',
  'DELETE /api/session',
  'GET /api/info',
  'POST /api/join/open',
  'POST /api/join/verify',
]
/** For the machines that watch over the server; they tell no more than whether it works. */
const watched = ['GET /live', 'GET /ready']

describe('every door of the server', function () {
  this.timeout(60_000)
  let world: World

  before(async () => {
    world = await startWorld({ media: true })
  })
  after(() => world.close())

  it('is served, when the wire names it', () => {
    const served = new Set(world.house.http.routes.map(nameOf))
    assert.ok(endpoints.length >= 40, `only ${endpoints.length} endpoints were found`)
    assert.deepEqual(
      endpoints.map(nameOf).filter((name) => !served.has(name)),
      [],
    )
  })

  it('is registered with its policy: nothing is served beside the table', () => {
    type Layer = { route?: { path: string; methods: Record<string, boolean> } }
    const { stack } = world.house.http.app.router as unknown as { stack: Layer[] }
    const known = new Set(world.house.http.routes.map(nameOf))
    const handled = stack.flatMap(({ route }) =>
      route ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`) : [],
    )
    assert.ok(handled.length >= endpoints.length)
    assert.deepEqual(
      handled.filter((name) => !known.has(name) && !watched.includes(name)),
      [],
    )
  })

  it('has a policy that reads as a sentence', () => {
    const rows = [
      ...world.house.http.routes.map((row) => ({ ...row, name: nameOf(row) })),
      ...world.house.realtime.events,
    ]
    const without = rows.filter(({ policy }) => !/^[A-Z].{12,}/.test(policy.sentence)).map(({ name }) => name)
    assert.deepEqual(without, [])
  })

  it('answers every socket request that the wire names, and no other', () => {
    const handled = world.house.realtime.events.map(({ name }) => name).sort()
    assert.deepEqual(handled, Object.keys(consultWire.consultRequests).sort())
  })

  it('is open to strangers only where it must be', () => {
    const free = world.house.http.routes.filter(({ policy }) => policy === anyone).map(nameOf)
    assert.deepEqual(
      free.filter((name) => !open.includes(name)),
      [],
    )
  })

  it('is shut to a stranger, with the same words for all', async () => {
    const stranger = world.stranger()
    const answers = new Map<string, string>()
    for (const route of world.house.http.routes) {
      if (route.policy === anyone) continue
      const response = await stranger.send(asEndpoint(route), {
        params: anyIds(route.path),
        ...(route.method === 'GET' ? {} : { body: {} }),
      })
      const { code } = (await response.json()) as { code: string }
      answers.set(nameOf(route), `${response.status} ${code}`)
    }
    assert.ok(answers.size >= 35)
    assert.deepEqual(
      [...answers].filter(([, answer]) => answer !== '401 unauthenticated'),
      [],
    )
  })

  it('refuses what a foreign page sends with the cookie of a signed-in person', async () => {
    const doctor = await world.signIn('doctor')
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'x-bedside': '' },
    ]) {
      const response = await doctor.send(identityWire.signOut, { headers })
      assert.equal(response.status, 403, JSON.stringify(headers))
    }
    assert.equal((await doctor.call(identityWire.readSession)).role, 'practitioner')
  })

  it('refuses unknown keys, prototypes and shapes that do not fit, without saying what was sent', async () => {
    const desk = await world.signIn('scheduler')
    const bodies = [
      { family: 'Secret', given: 'Name', role: 'administrator' },
      JSON.parse('{"__proto__": {"role": "administrator"}, "family": "Secret"}') as object,
      { family: { $ne: 'Secret' } },
      ['Secret'],
    ]
    for (const body of bodies) {
      const response = await desk.send(recordsWire.addPatient, { body })
      const text = await response.text()
      assert.equal(response.status, 400, text)
      assert.equal(text.includes('Secret'), false)
    }
  })

  it('says in the headers what a browser must not do', async () => {
    const response = await fetch(`${world.server().url}/api/info`)
    const header = (name: string) => response.headers.get(name) ?? ''
    assert.match(header('content-security-policy'), /default-src 'none'/)
    assert.match(header('permissions-policy'), /camera=\(self\).*geolocation=\(\)/)
    assert.equal(header('x-content-type-options'), 'nosniff')
    assert.equal(header('referrer-policy'), 'no-referrer')
    assert.equal(header('cache-control'), 'no-store')
    assert.equal(header('x-powered-by'), '')
  })

  it('gives the same not_found for what is foreign and for what does not exist', async () => {
    const other = await world.signIn('otherDoctor')
    const missing = new Client(world.server().url)
    for (const [name, value] of other.cookies) missing.cookies.set(name, value)
    for (const path of [
      '/api/patients/:patientId/context',
      '/api/snapshots/:snapshotId',
      '/api/encounters/:encounterId/note',
    ]) {
      const response = await missing.send({ method: 'GET', path }, { params: anyIds(path) })
      assert.equal(response.status, 404, path)
    }
  })
})

function asEndpoint({ method, path }: { method: string; path: string }): Pick<Endpoint, 'method' | 'path'> {
  return { method: method as Endpoint['method'], path }
}

function anyIds(path: string): Record<string, string> {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  return Object.fromEntries(
    names.map((name) => [name, name === 'variant' ? 'original' : '01a20498-374d-7f96-b7dc-05fe1eaeec84']),
  )
}
