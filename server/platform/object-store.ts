import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import { DomainError } from '#shared/errors.ts'
import type { Instant } from '#shared/time.ts'
import { newToken } from './crypto.ts'

/** Named bytes that never change: a folder on one machine, or an S3-compatible store for several. Names are hex. */
export type ObjectStore = {
  has(name: string): Promise<boolean>
  /** When it was last put, by the store's clock; null when it is not there. */
  putAt(name: string): Promise<Instant | null>
  /** All that has the name of an object, in no order. What was put or removed meanwhile may be missing or not. */
  list(): AsyncIterable<{ name: string; putAt: Instant }>
  /** Returns when the bytes are safe. @throws DomainError `unavailable` when the disk is full or the store is away. */
  put(name: string, content: Buffer): Promise<void>
  /** @throws Error when there is no such object; DomainError `unavailable` when the store is away. */
  get(name: string): Promise<Buffer>
  /** Does nothing when it is gone already. */
  remove(name: string): Promise<void>
  /** Removes it unless it was put later than this; false when it was, or is gone already. One at a time for a name. */
  removeIfOlder(name: string, than: Instant): Promise<boolean>
  /** Whether `removeIfOlder` is under way, and might not see that it is put again now. */
  isBeingRemoved(name: string): Promise<boolean>
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
/** Beside an object that is being removed. No name has this ending, so that no list shows it. */
const markEnding = '.removing'
/** Whoever left a mark for so long has died: no request of theirs is under way any more. */
const markLastsMs = 6 * requestTimeoutMs

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
    putAt: (name) => changedAt(fileOf(name)),
    async *list() {
      for (const start of await namesIn(dir)) {
        for (const rest of await namesIn(join(dir, start))) {
          const name = start + rest
          const putAt = nameShape.test(name) ? await changedAt(fileOf(name)) : null
          if (putAt !== null) yield { name, putAt }
        }
      }
    },
    removeIfOlder: (name, than) => removeFileIfOlder(fileOf(name), than),
    // It takes the file aside before it looks.
    isBeingRemoved: () => Promise.resolve(false),
  }
}

/** Signature version 4 over the path-style address, which every S3-compatible store understands. */
export function createS3Store(
  { endpoint, bucket, region, accessKeyId, secretAccessKey }: S3Settings,
  { pageSize = 1_000 } = {},
): ObjectStore {
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    region,
    service: 's3',
    retries: 2,
    initRetryMs: 100,
  })

  const root = `${endpoint.replace(/\/$/, '')}/${bucket}`

  function ask(
    method: string,
    name: string,
    allowed: number[],
    { body, ending = '' }: { body?: Buffer; ending?: '' | typeof markEnding } = {},
  ): Promise<Response> {
    const address = `${root}/${checked(name).slice(0, 2)}/${name.slice(2)}${ending}`
    return request(address, allowed, { method, ...(body ? { body: new Uint8Array(body) } : {}) })
  }

  async function request(address: string, allowed: number[], options: RequestInit): Promise<Response> {
    let response: Response
    try {
      response = await client.fetch(address, { ...options, signal: AbortSignal.timeout(requestTimeoutMs) })
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
    put,
    get: async (name) => Buffer.from(await (await ask('GET', name, [])).arrayBuffer()),
    remove: (name) => remove(name),
    putAt,
    async *list() {
      for (let after = ''; ;) {
        const page = `max-keys=${pageSize}&marker=${encodeURIComponent(after)}`
        const response = await request(`${root}?${page}`, [], { method: 'GET' })
        const { keys, objects, isLast } = readListing(await response.text())
        yield* objects
        const last = keys.at(-1)
        if (isLast || last === undefined) return
        after = last
      }
    },
    // Many stores do not know conditional deletes, or refuse to be asked for one; a mark needs nothing of them.
    async removeIfOlder(name, than) {
      await put(name, Buffer.alloc(0), markEnding)
      const found = await putAt(name)
      const isOld = found !== null && found <= than
      // The mark stays when this fails: the request may be under way still.
      if (isOld) await remove(name)
      await remove(name, markEnding)
      return isOld
    },
    async isBeingRemoved(name) {
      const mark = await ask('HEAD', name, [404], { ending: markEnding })
      // Both by the store's own clock.
      return mark.ok && dateIn(mark, 'date') - dateIn(mark, 'last-modified') < markLastsMs
    },
  }

  async function put(name: string, body: Buffer, ending: '' | typeof markEnding = ''): Promise<void> {
    const response = await ask('PUT', name, [], { body, ending })
    await response.body?.cancel()
  }

  async function remove(name: string, ending: '' | typeof markEnding = ''): Promise<void> {
    const response = await ask('DELETE', name, [404], { ending })
    await response.body?.cancel()
  }

  async function putAt(name: string): Promise<Instant | null> {
    const response = await ask('HEAD', name, [404])
    return response.ok ? dateIn(response, 'last-modified') : null
  }
}

function dateIn({ headers }: Response, name: 'date' | 'last-modified'): Instant {
  const at = Date.parse(headers.get(name) ?? '')
  if (Number.isNaN(at)) throw new Error('the store does not say how old its objects are')
  return at
}

/** ListObjects' answer (S3 API), which every S3-compatible store understands. `objects` are those of `keys` that are ours. */
function readListing(xml: string): {
  keys: string[]
  objects: { name: string; putAt: Instant }[]
  isLast: boolean
} {
  const value = (element: string, within: string) =>
    new RegExp(`<${element}>([^<]*)</${element}>`).exec(within)?.[1] ?? ''
  const contents = [...xml.matchAll(/<Contents>.*?<\/Contents>/gs)].map(([content]) => ({
    key: value('Key', content),
    putAt: Date.parse(value('LastModified', content)),
  }))
  const objects = contents
    .map(({ key, putAt }) => ({ name: key.replace('/', ''), putAt }))
    .filter(({ name, putAt }) => nameShape.test(name) && !Number.isNaN(putAt))
  return { keys: contents.map(({ key }) => key), objects, isLast: value('IsTruncated', xml) !== 'true' }
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
  return (await changedAt(file)) !== null
}

async function changedAt(file: string): Promise<Instant | null> {
  return unlessGone(async () => (await stat(file)).mtimeMs)
}

async function namesIn(folder: string): Promise<string[]> {
  return (await unlessGone(() => readdir(folder))) ?? []
}

/** Takes it aside first: what is put in the meantime has a file of its own, and what was put last is put back. */
async function removeFileIfOlder(file: string, than: Instant): Promise<boolean> {
  const putAt = await changedAt(file)
  if (putAt === null || putAt > than) return false
  const aside = `${file}.${newToken()}`
  if ((await unlessGone(() => rename(file, aside).then(() => true))) === null) return false
  const isOld = ((await changedAt(aside)) ?? 0) <= than
  if (!isOld) await putBack(aside, file)
  await rm(aside, { force: true })
  return isOld
}

async function putBack(aside: string, file: string): Promise<void> {
  try {
    await link(aside, file)
  } catch (error) {
    // It was put once more, and is there.
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

async function unlessGone<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
    throw error
  }
}

function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS'].includes(codeOf(error) ?? '')
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
