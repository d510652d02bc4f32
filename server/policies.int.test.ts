import { deepEqual, equal, ok } from 'node:assert/strict'
import * as consult from '#shared/consult.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import { errorCodes, Problem } from '#shared/errors.ts'
import * as identity from '#shared/identity.ts'
import * as imaging from '#shared/imaging.ts'
import * as imagingExport from '#shared/imaging-export.ts'
import * as imagingModels from '#shared/imaging-models.ts'
import * as imagingOutline from '#shared/imaging-outline.ts'
import * as imagingProposal from '#shared/imaging-proposal.ts'
import * as imagingCompare from '#shared/imaging-compare.ts'
import * as imagingRecognition from '#shared/imaging-recognition.ts'
import * as imagingSeries from '#shared/imaging-series.ts'
import * as imagingViewer from '#shared/imaging-viewer.ts'
import { RecordId } from '#shared/ids.ts'
import * as records from '#shared/records.ts'
import * as scheduling from '#shared/scheduling.ts'
import { newId } from './platform/ids.ts'
import { startWorld, type World } from '#test/support/world.ts'

/** Whoever adds a way in that needs no session has to add it here too. */
const openToAnyone = [
  'DELETE /api/session',
  'GET /api/info',
  'POST /api/join/open',
  'POST /api/join/verify',
  'POST /api/session',
]

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
const endpoints = [
  consult,
  identity,
  imaging,
  imagingExport,
  imagingModels,
  imagingOutline,
  imagingProposal,
  imagingCompare,
  imagingRecognition,
  imagingSeries,
  imagingViewer,
  records,
  scheduling,
]
  .flatMap((module) => Object.values(module) as unknown[])
  .filter(
    (value): value is Endpoint =>
      typeof value === 'object' && value !== null && 'path' in value && 'method' in value,
  )

describe('Every way in', function () {
  this.timeout(60_000)
  let world: World

  before(async () => {
    world = await startWorld()
  })
  after(() => world.close())

  const someIds = (path: string) =>
    Object.fromEntries(
      [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, newId(RecordId, world.clock)]),
    )

  it('that the contract names is there, and none besides', () => {
    deepEqual(world.house.http.routes.map(nameOf).toSorted(), endpoints.map(nameOf).toSorted())
  })

  it('has a sentence that says who may use it', () => {
    ok(world.house.http.routes.length > 20)
    for (const { policy } of world.house.http.routes) ok(policy.sentence.length > 10)
    for (const { policy } of world.house.realtime.events) ok(policy.sentence.length > 10)
  })

  it('for sockets that the contract names is there', () => {
    const events = world.house.realtime.events.map(({ name }) => name)
    deepEqual(events.toSorted(), Object.keys(consult.consultRequests).toSorted())
  })

  it('asks strangers to sign in, but for a few', async () => {
    const open: string[] = []
    for (const route of world.house.http.routes) {
      world.clock.advance(10_000)
      const response = await world
        .stranger()
        .send({ ...route, method: route.method as Endpoint['method'] }, { params: someIds(route.path) })
      if (response.status !== 401) open.push(nameOf(route))
    }
    deepEqual(open.toSorted(), openToAnyone)
  })

  it('answers what nobody may see as if it were not there, in the same words', async () => {
    const scheduler = await world.signIn('scheduler')
    const missing = await scheduler.send({ method: 'GET', path: '/api/no/such/thing' })
    const hidden = await scheduler.send(identity.listPeople)
    const said = await Promise.all(
      [missing, hidden].map(async (response) => {
        const { instance, ...rest } = Problem.parse(await response.json())
        ok(instance.startsWith('urn:bedside:request:'))
        return rest
      }),
    )
    deepEqual(said[0], said[1])
    equal(said[0]?.title, errorCodes.not_found.title)
  })

  it('refuses writing from a foreign page before anything else', async () => {
    for (const route of world.house.http.routes.filter(({ method }) => method !== 'GET')) {
      const headers = { Origin: 'https://evil.example' }
      const response = await world
        .stranger()
        .send(
          { ...route, method: route.method as Endpoint['method'] },
          { params: someIds(route.path), headers },
        )
      equal(response.status, 403, nameOf(route))
    }
  })

  it('lets nothing be stored on the way', async () => {
    const response = await world.stranger().send(identity.readInfo)
    equal(response.headers.get('Cache-Control'), 'no-store')
    equal(response.headers.get('X-Powered-By'), null)
    ok(response.headers.get('Permissions-Policy')?.includes('camera=(self)'))
    equal(response.headers.get('X-Content-Type-Options'), 'nosniff')
  })
})
