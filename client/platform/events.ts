import { journal } from './journal.ts'

/** Listeners by event name, with the types of what each event carries. One that throws does not stop the others. */
export class Events<Map extends Record<string, unknown[]>> {
  #listeners: { [Name in keyof Map]?: Set<(...payload: Map[Name]) => void> } = {}

  /** Returns the remover. */
  on<Name extends keyof Map>(name: Name, listener: (...payload: Map[Name]) => void): () => void {
    const set = (this.#listeners[name] ??= new Set())
    set.add(listener)
    return () => {
      set.delete(listener)
    }
  }

  emit<Name extends keyof Map>(name: Name, ...payload: Map[Name]): void {
    for (const listener of [...(this.#listeners[name] ?? [])]) {
      try {
        listener(...payload)
      } catch (error) {
        journal(`A listener of ${String(name)} failed:`, error)
      }
    }
  }

  clear(): void {
    this.#listeners = {}
  }
}
