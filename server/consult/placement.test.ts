import { deepEqual, equal, notEqual, rejects } from 'node:assert/strict'
import { pino } from 'pino'
import { DomainError } from '#shared/errors.ts'
import { ConsultId } from '#shared/ids.ts'
import { createMemoryCoordination } from '#server/platform/coordination.ts'
import type { Coordination } from '#server/platform/coordination.ts'
import { createPlacements } from './placement.ts'

const consultId = ConsultId.parse('01890000-0000-7000-8000-000000000001')

describe('the place of a media room', () => {
  it('is the same for every server, and keeps its incarnation', async () => {
    const { first, second } = clinic()
    const place = await first.where(consultId)
    equal(place.epoch, 1)
    deepEqual(await second.where(consultId), place)
  })

  it('moves once, though both servers see the loss', async () => {
    const { first, second } = clinic()
    const lost = await first.where(consultId)
    await second.where(consultId)
    const [one, other] = await Promise.all([first.move(consultId, lost), second.move(consultId, lost)])
    deepEqual(one, other)
    equal(one.epoch, 2)
  })

  it('leaves a media server that is gone, and learns of moves that others made', async () => {
    const { first, second, gone } = clinic()
    const lost = await first.where(consultId)
    await second.where(consultId)
    gone.add(lost.sfu)
    const next = await first.where(consultId)
    notEqual(next.sfu, lost.sfu)
    equal(next.epoch, 2)
    deepEqual(await second.renew(consultId), next)
  })

  it('is agreed upon without the store while that is away, and told to it afterwards', async () => {
    const { first, second, store } = clinic()
    store.away = true
    const place = await first.where(consultId)
    deepEqual(await second.where(consultId), place)
    const next = await first.move(consultId, place)
    deepEqual(await second.move(consultId, place), next)

    store.away = false
    await first.renew(consultId)
    const newcomer = clinic({ store }).first
    deepEqual(await newcomer.where(consultId), next)
  })

  it('goes back to an incarnation that the store forgot', async () => {
    const { first, store } = clinic()
    await first.move(consultId, await first.where(consultId))
    await store.delete(`room:${consultId}`)
    equal((await first.renew(consultId))?.epoch, 2)
    equal(await store.get(`room:${consultId}`).then((text) => text?.split(' ')[0]), '2')
  })

  it('is nowhere when no media server is left', async () => {
    const { first, gone } = clinic()
    gone.add('one').add('two').add('three')
    await rejects(first.where(consultId), { code: 'sfu_unavailable' })
  })
})

type Store = Coordination & { away: boolean }

/** Two servers that see the same three media servers and share one store. */
function clinic({ store = aStore() }: { store?: Store } = {}) {
  const gone = new Set<string>()
  const needs = {
    coordination: store,
    usable: () => ['one', 'two', 'three'].filter((sfu) => !gone.has(sfu)),
    gone: (sfu: string) => gone.has(sfu),
    log: pino({ enabled: false }),
  }
  return { first: createPlacements(needs), second: createPlacements(needs), gone, store }
}

function aStore(): Store {
  const memory = createMemoryCoordination(() => 0)
  const here =
    <A extends unknown[], R>(ask: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      store.away ? Promise.reject(new DomainError('unavailable', { part: 'redis' })) : ask(...args)
  const store: Store = {
    ...memory,
    away: false,
    get: here((key) => memory.get(key)),
    compareAndSet: here((...args) => memory.compareAndSet(...args)),
    delete: here((key) => memory.delete(key)),
  }
  return store
}
