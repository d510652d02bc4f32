import assert from 'node:assert/strict'
import { patchDtlsTransport } from './patch.ts'

const line = 'const long resultOfcallback = (operationType == BIO_CB_RETURN) ? static_cast<long>(ret) : 1;'

describe('The patch for an OpenSSL with kernel TLS', () => {
  it('gives OpenSSL its own answer back for every call that returns', () => {
    assert.equal(
      patchDtlsTransport(`a\n${line}\nb`),
      'a\nconst long resultOfcallback = ((operationType & BIO_CB_RETURN) != 0) ? static_cast<long>(ret) : 1;\nb',
    )
  })

  it('stops the build when the line is not there, or there twice', () => {
    assert.throws(() => patchDtlsTransport('something else'), /has 0 places to patch/)
    assert.throws(() => patchDtlsTransport(line + line), /has 2 places to patch/)
  })
})
