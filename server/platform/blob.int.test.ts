import assert from 'node:assert/strict'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '#shared/errors.ts'
import { dayMs, hourMs, minuteMs } from '#shared/time.ts'
import { allOf, startS3, type S3Request } from '#test/support/s3.ts'
import { tempFolder } from '#test/support/temp.ts'
import { TestClock } from '#test/support/test-clock.ts'
import { createBlobStore } from './blob.ts'
import { deriveKeys } from './crypto.ts'
import { createFolderStore, createS3Store } from './object-store.ts'
import type { ObjectStore } from './object-store.ts'

const picture = Buffer.from('the bytes of a picture '.repeat(500))

for (const kind of ['folder', 's3'] as const) {
  describe(`pictures at rest in a ${kind}`, () => {
    let objects: ObjectStore
    let folder: string
    let stop = async (): Promise<void> => {}
    const keys = deriveKeys('a root secret that only this test has 4711')
    const clock = new TestClock()

    before(async () => {
      folder = await tempFolder('blobs')
      if (kind === 'folder') objects = createFolderStore(folder)
      else {
        const s3 = await startS3(folder)
        stop = s3.stop
        objects = createS3Store(s3.settings, { pageSize: 2 })
      }
    })
    after(() => stop())

    it('come back as they were, and are kept once', async () => {
      const blobs = createBlobStore({ objects, keys, clock })
      const first = await blobs.put(picture)
      const second = await blobs.put(picture)
      assert.deepEqual(first, second)
      assert.deepEqual(await blobs.get(first.key), picture)
    })

    it('cannot be read where they lie', async () => {
      const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
        entry.isFile(),
      )
      assert.ok(files.length > 0)
      for (const file of files) {
        const bytes = await readFile(join(file.parentPath, file.name))
        assert.equal(bytes.includes('the bytes of a picture'), false)
      }
    })

    it('do not open with the keys of another clinic, nor under another name', async () => {
      const { key } = await createBlobStore({ objects, keys, clock }).put(picture)
      const stranger = createBlobStore({
        objects,
        keys: deriveKeys('another root secret, of somebody else 0815'),
        clock,
      })
      await assert.rejects(stranger.get(key))
      const moved = 'f'.repeat(64)
      await objects.put(moved, await objects.get(key))
      await assert.rejects(createBlobStore({ objects, keys, clock }).get(moved))
    })

    it('are listed with their age, and removed only when they are as old as is said', async () => {
      const blobs = createBlobStore({ objects, keys, clock })
      const { key } = await blobs.put(Buffer.from('to be looked at'))
      // More than fit on one page of the list.
      const others = await Promise.all([1, 2, 3].map((n) => blobs.put(Buffer.from(`another one, ${n}`))))
      const listed = await allOf(objects)
      for (const other of others) assert.ok(listed.some(({ name }) => name === other.key))
      assert.equal(new Set(listed.map(({ name }) => name)).size, listed.length)
      const found = listed.find(({ name }) => name === key)
      assert.ok(found)
      // Stores count in whole seconds.
      assert.ok(Math.abs(found.putAt - Date.now()) < 5_000)
      assert.equal(await objects.removeIfOlder(key, found.putAt - 5_000), false)
      assert.equal(await objects.has(key), true)
      assert.equal(await objects.removeIfOlder(key, found.putAt + 5_000), true)
      assert.equal(await objects.has(key), false)
      assert.equal(await objects.removeIfOlder(key, found.putAt + 5_000), false)
      assert.equal(await objects.putAt(key), null)
    })

    it('are as good as new when they are put again', async () => {
      const later = new TestClock()
      const blobs = createBlobStore({ objects, keys, clock: later })
      const { key } = await blobs.put(Buffer.from('uploaded twice'))
      const first = await objects.get(key)
      await blobs.put(Buffer.from('uploaded twice'))
      assert.deepEqual(await objects.get(key), first, 'kept once')
      later.advance(2 * hourMs)
      await blobs.put(Buffer.from('uploaded twice'))
      assert.notDeepEqual(await objects.get(key), first, 'put anew, so that it is young')
      assert.deepEqual(await blobs.get(key), Buffer.from('uploaded twice'))
    })

    it('are gone after removal, and removing twice is no error', async () => {
      const blobs = createBlobStore({ objects, keys, clock })
      const { key } = await blobs.put(Buffer.from('to be removed'))
      await blobs.remove(key)
      await blobs.remove(key)
      assert.equal(await objects.has(key), false)
      await assert.rejects(blobs.get(key))
    })
  })
}

describe('pictures in an S3-compatible store that is asked to remove an old one', () => {
  const keys = deriveKeys('a root secret that only this test has 4711')
  let meddle: (request: S3Request) => Promise<boolean> | boolean = () => false
  let objects: ObjectStore
  let folder: string
  let stop = async (): Promise<void> => {}

  before(async () => {
    folder = await tempFolder('s3')
    const s3 = await startS3(folder, (request) => meddle(request))
    stop = s3.stop
    objects = createS3Store(s3.settings)
  })
  after(() => stop())
  afterEach(() => {
    meddle = () => false
  })

  const inAMinute = () => Date.now() + minuteMs
  const isAbout = (key: string, { path }: S3Request) => path.endsWith(key.slice(2))
  const aYearOld = async (text: string) => {
    const { key } = await createBlobStore({ objects, keys, clock: new TestClock() }).put(Buffer.from(text))
    // As a server sees it whose clock is a year ahead.
    return { key, blobs: createBlobStore({ objects, keys, clock: { now: () => Date.now() + 365 * dayMs } }) }
  }

  it('are removed though the store refuses to be asked for conditions', async () => {
    meddle = (request) => {
      if (request.method !== 'DELETE' || request.headers['if-match'] === undefined) return false
      request.status = 501
      return true
    }
    const { key } = await aYearOld('a left-over')
    assert.equal(await objects.removeIfOlder(key, inAMinute()), true)
    assert.equal(await objects.has(key), false)
    assert.deepEqual(await objects.isBeingRemoved(key), false)
  })

  it('are never lost when the same bytes are uploaded in the moment in which the old ones go', async () => {
    const { key, blobs } = await aYearOld('sent again at a bad moment')
    const outcomes: unknown[] = []
    meddle = async (request) => {
      if (request.method === 'DELETE' && isAbout(key, request))
        for (let time = 0; time < 2; time++)
          await blobs.put(Buffer.from('sent again at a bad moment')).then(
            () => outcomes.push('kept'),
            (error: unknown) => outcomes.push(error instanceof DomainError && error.code),
          )
      return false
    }
    assert.equal(await objects.removeIfOlder(key, inAMinute()), true)
    assert.deepEqual(outcomes, ['unavailable', 'unavailable'], 'nobody believes them to be safe')
    meddle = () => false
    await blobs.put(Buffer.from('sent again at a bad moment'))
    assert.equal((await blobs.get(key)).toString(), 'sent again at a bad moment')
  })

  it('stay when they were uploaded once more before the store was asked how old they are', async () => {
    const { key } = await aYearOld('sent again just in time')
    const anHourAgo = new Date(Date.now() - hourMs)
    const files = await readdir(folder, { recursive: true })
    for (const file of files.filter((path) => path.includes(key.slice(2))))
      await utimes(join(folder, file), anHourAgo, anHourAgo)
    const halfAnHourAgo = Date.now() - hourMs / 2
    assert.ok(((await objects.putAt(key)) ?? Infinity) < halfAnHourAgo)
    meddle = async (request) => {
      if (request.method === 'HEAD' && isAbout(key, request)) await objects.put(key, Buffer.from('anew'))
      return false
    }
    assert.equal(await objects.removeIfOlder(key, halfAnHourAgo), false)
    assert.equal((await objects.get(key)).toString(), 'anew')
  })
})

describe('a damaged picture file', () => {
  it('is refused instead of shown', async () => {
    const folder = await tempFolder('blobs')
    const blobs = createBlobStore({
      objects: createFolderStore(folder),
      keys: deriveKeys('a root secret that only this test has 4711'),
      clock: new TestClock(),
    })
    const { key } = await blobs.put(picture)
    const file = join(folder, key.slice(0, 2), key.slice(2))
    const bytes = await readFile(file)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    await writeFile(file, bytes)
    await assert.rejects(blobs.get(key))
  })
})
