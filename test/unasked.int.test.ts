import assert from 'node:assert/strict'
import { addPatient } from '#shared/records.ts'
import { startWorld } from './support/world.ts'
import type { World } from './support/world.ts'

/** For the machines that watch over the server; they tell no more than whether it works. */
const watched = ['GET /live', 'GET /ready']

describe('what nobody asked for', function () {
  this.timeout(60_000)
  let world: World

  before(async () => {
    world = await startWorld()
  })
  after(() => world.close())

  it('is not served: every handler is in the table of routes with its policy', () => {
    type Layer = { route?: { path: string; methods: Record<string, boolean> } }
    const { stack } = world.house.http.app.router as unknown as { stack: Layer[] }
    const { routes } = world.house.http
    const known = new Set([...routes.map(({ method, path }) => `${method} ${path}`), ...watched])
    const handled = stack.flatMap(({ route }) =>
      route ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`) : [],
    )
    assert.ok(handled.length >= routes.length)
    assert.deepEqual(
      handled.filter((name) => !known.has(name)),
      [],
    )
  })

  it('is refused in bodies: unknown keys, prototypes, other shapes; and what was sent is not repeated', async () => {
    const desk = await world.signIn('scheduler')
    const bodies = [
      { family: 'Secret', given: 'Name', role: 'administrator' },
      JSON.parse('{"__proto__": {"role": "administrator"}, "family": "Secret"}') as object,
      { family: { $ne: 'Secret' } },
      ['Secret'],
    ]
    for (const body of bodies) {
      const response = await desk.send(addPatient, { body })
      const text = await response.text()
      assert.equal(response.status, 400, text)
      assert.equal(text.includes('Secret'), false)
    }
  })

  it('is refused when it is too much or no JSON at all', async () => {
    const desk = await world.signIn('scheduler')
    const large = await desk.send(addPatient, { body: { family: 'x'.repeat(300_000) } })
    assert.equal(large.status, 413)
    const torn = await desk.send(addPatient, { bytes: Buffer.from('{"family":') })
    assert.equal(torn.status, 400)
  })
})
