import S3rver, { type S3Request } from 's3rver'
import type { ObjectStore, S3Settings } from '#server/platform/object-store.ts'
import { tempFolder } from './temp.ts'

export type { S3Request } from 's3rver'

/**
 * A private S3-compatible store on loopback, with one bucket; the caller stops it. `meddle` sees each request first; true: it
 * has answered it.
 */
export async function startS3(
  folder?: string,
  meddle: (request: S3Request) => Promise<boolean> | boolean = () => false,
): Promise<{ settings: S3Settings; stop: () => Promise<void> }> {
  const store = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: folder ?? (await tempFolder('s3')),
    configureBuckets: [{ name: 'bedside' }],
  })
  store.middleware.unshift(async (request, next) => {
    if (!(await meddle(request))) await next()
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
