import S3rver from 's3rver'
import type { ObjectStore, S3Settings } from '#server/platform/object-store.ts'
import { tempFolder } from './temp.ts'

/** A private S3-compatible store on loopback, with one bucket; the caller stops it. */
export async function startS3(folder?: string): Promise<{ settings: S3Settings; stop: () => Promise<void> }> {
  const store = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: folder ?? (await tempFolder('s3')),
    configureBuckets: [{ name: 'bedside' }],
  })
  const { port } = await store.run()
  return {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'bedside',
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    stop: () => store.close(),
  }
}

/** What the store lists, at once. */
export async function allOf(objects: Pick<ObjectStore, 'list'>) {
  const all = []
  for await (const one of objects.list()) all.push(one)
  return all
}
