import assert from 'node:assert/strict'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hourMs } from '#shared/time.ts'
import { allOf, startS3 } from '#test/support/s3.ts'
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
