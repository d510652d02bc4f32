import { DomainError } from '#shared/errors.ts'
import { hourMs } from '#shared/time.ts'
import type { Clock } from './clock.ts'
import { hmacHex, seal, sha256Hex, unseal, type Keys } from './crypto.ts'
import type { ObjectStore } from './object-store.ts'

/** Pictures and documents at rest: encrypted, under a name made of their content, never changed. */
export type BlobStore = {
  /**
   * Keeps the bytes and returns when they are safe. The same bytes have the same key and are kept once.
   * @throws DomainError `unavailable`, also in the moment in which the same bytes are removed as a left-over.
   */
  put(bytes: Uint8Array): Promise<{ sha256: string; key: string }>
  /** @throws Error when they are missing, were altered, or belong to another key. */
  get(key: string): Promise<Buffer>
  /** Removes the bytes; does nothing when they are gone already. */
  remove(key: string): Promise<void>
}

/** What is kept already counts as put now once it is this old: an upload under way must not look like a left-over. */
const freshMs = hourMs

export function createBlobStore({
  objects,
  keys,
  clock,
}: {
  objects: ObjectStore
  keys: Keys
  clock: Clock
}): BlobStore {
  return {
    async put(bytes) {
      const sha256 = sha256Hex(bytes)
      // The name is keyed: who sees the store cannot test whether it holds a known picture.
      const key = hmacHex(keys.blobName, sha256)
      if ((await objects.putAt(key)) !== null) await renew(key, bytes)
      else await keep(key, bytes)
      return { sha256, key }
    },
    get: async (key) => unseal(keys.blob, await objects.get(key), key),
    remove: (key) => objects.remove(key),
  }

  /** What is there already may be about to go: nobody but us knows yet that it is wanted. */
  async function renew(key: string, bytes: Uint8Array): Promise<void> {
    await mustStay(key)
    const putAt = await objects.putAt(key)
    if (putAt !== null && putAt >= clock.now() - freshMs) return
    await keep(key, bytes)
  }

  /** A removal that looked at it before is seen by its mark as long as it lasts, and by what is missing after it. */
  async function keep(key: string, bytes: Uint8Array): Promise<void> {
    await objects.put(key, seal(keys.blob, bytes, key))
    await mustStay(key)
    if (!(await objects.has(key))) throw isRemoved()
  }

  async function mustStay(key: string): Promise<void> {
    if (await objects.isBeingRemoved(key)) throw isRemoved()
  }
}

function isRemoved(): DomainError {
  return new DomainError('unavailable', { part: 'storage' }, new Error('it is being removed'))
}
