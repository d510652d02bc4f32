import type { SfuEvent, SfuEventPayload } from './sfu.ts'

export interface SfuEvents {
  emit: <E extends SfuEvent>(name: E, payload: SfuEventPayload<E>) => void
  /** Returns the remover. */
  on<E extends SfuEvent>(name: E, listener: (payload: SfuEventPayload<E>) => void): () => void
}
export type EmitSfuEvent = SfuEvents['emit']

/** Hands each event to all its listeners, in order. One that throws goes to `failed` and does not stop the others. */
export function createSfuEvents(failed: (name: SfuEvent, error: unknown) => void): SfuEvents {
  const listeners = new Map<SfuEvent, Set<(payload: never) => void>>()
  return {
    emit<E extends SfuEvent>(name: E, payload: SfuEventPayload<E>) {
      for (const listener of listeners.get(name) ?? []) {
        try {
          // on() below files listeners under the name whose payload they take.
          ;(listener as (payload: SfuEventPayload<E>) => void)(payload)
        } catch (error) {
          failed(name, error)
        }
      }
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => void set.delete(listener)
    },
  }
}
