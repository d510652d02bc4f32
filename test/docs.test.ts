import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { consultNews, consultRequests } from '#shared/consult.ts'
import { errorCodes } from '#shared/errors.ts'

const protocol = readFileSync(resolve(import.meta.dirname, '../docs/protocol.md'), 'utf8')

describe('docs/protocol.md', () => {
  it('lists every error code with its status, and whether a retry may help', () => {
    const rows = [...protocol.matchAll(/^\| `(\w+)` +\| (\d{3}) +\| (yes|no) +\|/gm)].map(
      ([, code, status, retry]) => [code, Number(status), retry === 'yes'],
    )
    const codes = Object.entries(errorCodes).map(([code, { status, retryable }]) => [code, status, retryable])
    assert.deepEqual(rows, codes)
  })

  it('names every socket request and all news', () => {
    const requests = [...protocol.matchAll(/^\| `([a-z]+:[a-z-]+)`/gm)].map(([, name]) => name)
    assert.deepEqual(requests, Object.keys(consultRequests))
    for (const name of Object.keys(consultNews)) assert.ok(protocol.includes(`\`${name}\``), name)
  })
})
