const faulty = '(operationType == BIO_CB_RETURN)'
const right = '((operationType & BIO_CB_RETURN) != 0)'

/**
 * Mends the one line of mediasoup's DtlsTransport.cpp that crashes on an OpenSSL with kernel TLS, such as Debian's:
 * its BIO callback answers 1 to every control call on its way back, BIO_CTRL_GET_KTLS_SEND among them, so OpenSSL
 * allocates no write buffer and dies at ServerHello. Throws when the line is not there exactly once.
 */
export function patchDtlsTransport(source: string): string {
  const parts = source.split(faulty)
  if (parts.length !== 2) {
    throw new Error(
      `DtlsTransport.cpp of this mediasoup has ${parts.length - 1} places to patch and must have one: "${faulty}". ` +
        'Look whether the BIO callback now returns its "ret" for every BIO_CB_RETURN, and change scripts/worker/patch.ts.',
    )
  }
  return parts.join(right)
}
