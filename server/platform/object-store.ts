import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import { DomainError } from '#shared/errors.ts'
import { newToken } from './crypto.ts'

/** Named bytes that never change: a folder on one machine, or an S3-compatible store for several. Names are hex. */
export type ObjectStore = {
  has(name: string): Promise<boolean>
  /** Returns when the bytes are safe. @throws DomainError `unavailable` when the disk is full or the store is away. */
  put(name: string, content: Buffer): Promise<void>
  /** @throws Error when there is no such object; DomainError `unavailable` when the store is away. */
  get(name: string): Promise<Buffer>
  /** Does nothing when it is gone already. */
  remove(name: string): Promise<void>
}

export type S3Settings = {
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

const nameShape = /^[0-9a-f]{64}$/
const requestTimeoutMs = 10_000

export function createFolderStore(dir: string): ObjectStore {
  const fileOf = (name: string) => join(dir, checked(name).slice(0, 2), name.slice(2))
  return {
    has: (name) => exists(fileOf(name)),
    put: (name, content) =>
      keepDurably(fileOf(name), content).catch((error: unknown) => {
        throw isDiskFull(error) ? new DomainError('unavailable', { part: 'storage' }, error) : error
      }),
    get: (name) => readFile(fileOf(name)),
    remove: (name) => rm(fileOf(name), { force: true }),
  }
}

/** Signature version 4 over the path-style address, which every S3-compatible store understands. */
export function createS3Store({
  endpoint,
  bucket,
  region,
  accessKeyId,
  secretAccessKey,
}: S3Settings): ObjectStore {
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    region,
    service: 's3',
    retries: 2,
    initRetryMs: 100,
  })

  async function ask(method: string, name: string, allowed: number[], body?: Buffer): Promise<Response> {
    const address = `${endpoint.replace(/\/$/, '')}/${bucket}/${checked(name).slice(0, 2)}/${name.slice(2)}`
    let response: Response
    try {
      response = await client.fetch(address, {
        method,
        signal: AbortSignal.timeout(requestTimeoutMs),
        ...(body ? { body: new Uint8Array(body) } : {}),
      })
    } catch (error) {
      throw new DomainError('unavailable', { part: 'storage' }, error)
    }
    if (response.ok || allowed.includes(response.status)) return response
    await response.body?.cancel()
    if (response.status === 404) throw new Error('no such object in the store')
    throw new DomainError(
      'unavailable',
      { part: 'storage' },
      new Error(`the store answered ${response.status}`),
    )
  }

  return {
    has: async (name) => (await ask('HEAD', name, [404])).ok,
    put: async (name, content) => {
      const response = await ask('PUT', name, [], content)
      await response.body?.cancel()
    },
    get: async (name) => Buffer.from(await (await ask('GET', name, [])).arrayBuffer()),
    remove: async (name) => {
      const response = await ask('DELETE', name, [404])
      await response.body?.cancel()
    },
  }
}

function checked(name: string): string {
  if (!nameShape.test(name)) throw new Error('not the name of an object')
  return name
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
