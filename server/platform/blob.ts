import { open, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DomainError } from '#shared/errors.ts'
import { hmacHex, newToken, seal, sha256Hex, unseal, type Keys } from './crypto.ts'

/** Pictures and documents at rest: encrypted, under a name made of their content, never changed. */
export type BlobStore = {
  /** Keeps the bytes and returns after they are on the disk. The same bytes have the same key and are kept once. */
  put(bytes: Uint8Array): Promise<{ sha256: string; key: string }>
  /** @throws Error when they are missing, were altered, or belong to another key. */
  get(key: string): Promise<Buffer>
  /** Removes the bytes; does nothing when they are gone already. */
  remove(key: string): Promise<void>
}

const keyShape = /^[0-9a-f]{64}$/

export function createBlobStore({ dir, keys }: { dir: string; keys: Keys }): BlobStore {
  const fileOf = (key: string) => {
    if (!keyShape.test(key)) throw new Error('not a blob key')
    return join(dir, key.slice(0, 2), key.slice(2))
  }
  return {
    async put(bytes) {
      const sha256 = sha256Hex(bytes)
      const key = hmacHex(keys.blobName, sha256)
      const file = fileOf(key)
      if (await exists(file)) return { sha256, key }
      await keepDurably(file, seal(keys.blob, bytes, key)).catch((error: unknown) => {
        if (isDiskFull(error)) throw new DomainError('unavailable', { part: 'storage' }, error)
        throw error
      })
      return { sha256, key }
    },
    get: async (key) => unseal(keys.blob, await readFile(fileOf(key)), key),
    remove: (key) => rm(fileOf(key), { force: true }),
  }
}

/** A reader sees the whole file or none; a power cut after the return loses nothing. */
async function keepDurably(file: string, content: Buffer): Promise<void> {
  const temporary = `${file}.${newToken()}`
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  const folder = await open(dirname(file), 'r')
  await folder.sync().finally(() => folder.close())
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS'].includes(codeOf(error) ?? '')
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
