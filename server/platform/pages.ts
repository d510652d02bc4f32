import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import express from 'express'
import type { Express, RequestHandler } from 'express'

const nonceMark = '__CSP_NONCE__'

/**
 * Serves the built client: hashed assets for a year, and index.html for every other page address, with a fresh nonce
 * in place of `__CSP_NONCE__` so that the component library's style elements need no 'unsafe-inline'.
 */
export function servePages(app: Express, dir: string): void {
  const indexFile = join(dir, 'index.html')
  if (!existsSync(indexFile))
    throw new Error(`the client is not built: ${indexFile} is missing; run npm start`)
  const html = readFileSync(indexFile, 'utf8')
  app.use(
    '/assets',
    // A worker lives by the policy of its own script, not by the page's.
    (_request, response, next) => {
      response.setHeader('Content-Security-Policy', `default-src 'none'; ${scripts}; frame-ancestors 'none'`)
      next()
    },
    compressed(join(dir, 'assets')),
    express.static(join(dir, 'assets'), {
      immutable: true,
      maxAge: '365d',
      index: false,
      fallthrough: false,
    }),
  )
  app.use(express.static(dir, { index: false, maxAge: '1h', redirect: false }))
  app.get('/{*page}', (request, response, next) => {
    if (request.path.startsWith('/api/') || request.path.startsWith('/socket.io/')) return next()
    const nonce = randomBytes(16).toString('base64')
    response.setHeader('Content-Security-Policy', contentSecurityPolicy(nonce))
    response.setHeader('Cache-Control', 'no-store')
    response.type('html').send(html.replaceAll(nonceMark, nonce))
  })
}

/** Where the build has put `name.br` beside a file, browsers that take it get that: a third of the bytes. */
function compressed(dir: string): RequestHandler {
  const names = new Set(existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.br')) : [])
  return (request, response, next) => {
    if (names.has(`${request.path.slice(1)}.br`)) {
      response.vary('Accept-Encoding')
      if (request.acceptsEncodings('br') === 'br') {
        response.type(extname(request.path)).setHeader('Content-Encoding', 'br')
        request.url = `${request.path}.br`
      }
    }
    next()
  }
}

// The pixel kernels are WebAssembly, for a preview within a tenth of a second; this allows that and no eval of scripts.
const scripts = "script-src 'self' 'wasm-unsafe-eval'"

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    scripts,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob: mediastream:",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}
