import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import express from 'express'
import { tempFolder } from '#test/support/temp.ts'
import { servePages } from './pages.ts'

const script = 'console.log("the waiting room")\n'.repeat(200)

describe('the pages of the client', () => {
  let server: Server

  before(async () => {
    const dir = await tempFolder('pages')
    await mkdir(join(dir, 'assets'))
    await writeFile(join(dir, 'index.html'), '<meta name="style-nonce" content="__CSP_NONCE__">')
    await writeFile(join(dir, 'assets/room-1a2b.js'), script)
    await writeFile(join(dir, 'assets/room-1a2b.js.br'), brotliCompressSync(script))
    await writeFile(join(dir, 'assets/door-1a2b.js'), script)
    const app = express()
    servePages(app, dir)
    server = app.listen(0)
  })
  after(() => server.close())

  it('travel compressed to browsers that take it, and as they are to the others', async () => {
    const small = await fetched(server, '/assets/room-1a2b.js', 'gzip, br')
    assert.equal(small.headers['content-encoding'], 'br')
    assert.match(small.headers['content-type'] ?? '', /^text\/javascript/)
    assert.equal(small.headers.vary, 'Accept-Encoding')
    assert.match(small.headers['cache-control'] ?? '', /immutable/)
    assert.equal(brotliDecompressSync(small.body).toString(), script)

    const plain = await fetched(server, '/assets/room-1a2b.js', 'gzip')
    assert.equal(plain.headers['content-encoding'], undefined)
    assert.equal(plain.headers.vary, 'Accept-Encoding')
    assert.equal(plain.body.toString(), script)
  })

  it('that the build has not compressed are served all the same', async () => {
    const { headers, body } = await fetched(server, '/assets/door-1a2b.js', 'br')
    assert.equal(headers['content-encoding'], undefined)
    assert.equal(body.toString(), script)
  })

  it('carry a nonce of their own each time they are asked for', async () => {
    const [one, other] = [await fetched(server, '/clinic'), await fetched(server, '/clinic')]
    const nonce = /content="([^"]+)"/.exec(one.body.toString())?.[1]
    assert.ok(nonce !== undefined && one.headers['content-security-policy']?.includes(`'nonce-${nonce}'`))
    assert.ok(!other.body.toString().includes(nonce))
  })

  it('let the pixel kernels be compiled, in the page and in a worker, but no text become script', async () => {
    for (const path of ['/clinic', '/assets/door-1a2b.js']) {
      const { headers } = await fetched(server, path)
      assert.match(
        String(headers['content-security-policy']),
        /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/,
      )
    }
  })
})

/** The answer as it travelled; fetch would unpack it. */
function fetched(
  server: Server,
  path: string,
  encoding = 'identity',
): Promise<Pick<IncomingMessage, 'headers'> & { body: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<
    Pick<IncomingMessage, 'headers'> & { body: Buffer }
  >()
  const { port } = server.address() as AddressInfo
  get({ port, path, headers: { 'Accept-Encoding': encoding } }, (response) => {
    const parts: Buffer[] = []
    response.on('data', (part: Buffer) => parts.push(part))
    response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(parts) }))
  }).on('error', reject)
  return promise
}
