import assert from 'node:assert/strict'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import S3rver from 's3rver'
import { tempFolder } from '#test/support/temp.ts'
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

    before(async () => {
      folder = await tempFolder('blobs')
      if (kind === 'folder') objects = createFolderStore(folder)
      else {
        const store = new S3rver({
          port: 0,
          address: '127.0.0.1',
          silent: true,
          directory: folder,
          configureBuckets: [{ name: 'bedside' }],
        })
        const { port } = await store.run()
        stop = () => store.close()
        objects = createS3Store({
          endpoint: `http://127.0.0.1:${port}`,
          bucket: 'bedside',
          region: 'us-east-1',
          accessKeyId: 'S3RVER',
          secretAccessKey: 'S3RVER',
        })
      }
    })
    after(() => stop())

    it('come back as they were, and are kept once', async () => {
      const blobs = createBlobStore({ objects, keys })
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
      const { key } = await createBlobStore({ objects, keys }).put(picture)
      const stranger = createBlobStore({
        objects,
        keys: deriveKeys('another root secret, of somebody else 0815'),
      })
      await assert.rejects(stranger.get(key))
      const moved = 'f'.repeat(64)
      await objects.put(moved, await objects.get(key))
      await assert.rejects(createBlobStore({ objects, keys }).get(moved))
    })

    it('are gone after removal, and removing twice is no error', async () => {
      const blobs = createBlobStore({ objects, keys })
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
    })
    const { key } = await blobs.put(picture)
    const file = join(folder, key.slice(0, 2), key.slice(2))
    const bytes = await readFile(file)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    await writeFile(file, bytes)
    await assert.rejects(blobs.get(key))
  })
})
