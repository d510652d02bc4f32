import { hourMs } from '#shared/time.ts'
import type { Clock } from './clock.ts'
import { hmacHex, seal, sha256Hex, unseal, type Keys } from './crypto.ts'
import type { ObjectStore } from './object-store.ts'

/** Pictures and documents at rest: encrypted, under a name made of their content, never changed. */
export type BlobStore = {
  /** Keeps the bytes and returns when they are safe. The same bytes have the same key and are kept once. */
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
      const putAt = await objects.putAt(key)
      if (putAt === null || putAt < clock.now() - freshMs) await objects.put(key, seal(keys.blob, bytes, key))
      return { sha256, key }
    },
    get: async (key) => unseal(keys.blob, await objects.get(key), key),
    remove: (key) => objects.remove(key),
  }
}
