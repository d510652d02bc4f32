import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One key for each purpose, so that what leaks from one use opens nothing else. 32 bytes each. */
export type Keys = Readonly<{
  /** Makes and checks patients' join links. */
  link: Buffer
  /** Chains the audit trail. */
  audit: Buffer
  /** Encrypts pictures and documents at rest. */
  blob: Buffer
  /** Turns blob contents into file names that tell nothing about them. */
  blobName: Buffer
  /** Makes the names of patients, visits and pictures in files that leave the house without their person. */
  export: Buffer
  /** Turns addresses and emails into keys that can be counted but not read. */
  pseudonym: Buffer
}>

/** Derives every key from the root secret (HKDF-SHA-256, RFC 5869), with an info string of its own. */
export function deriveKeys(rootSecret: string): Keys {
  const key = (info: string) =>
    Buffer.from(hkdfSync('sha256', rootSecret, 'bedside', `bedside/1/${info}`, 32))
  return Object.freeze({
    link: key('join-link'),
    audit: key('audit-chain'),
    blob: key('blob-encryption'),
    blobName: key('blob-name'),
    export: key('export-name'),
    pseudonym: key('pseudonym'),
  })
}

/**
 * The root secret of an installation that was given none: made once, kept in the data folder for its owner only.
 * Two processes that start together agree on the first one's.
 */
export function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
  chmodSync(file, 0o600)
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < 32)
    throw new Error(`${file} is damaged: put the saved copy back, or pictures cannot be read`)
  return secret
}

/** 256 random bits, base64url, 43 characters. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

export function hmacHex(key: Buffer, content: string | Uint8Array): string {
  return createHmac('sha256', key).update(content).digest('hex')
}

const version = 1
const nonceLength = 12
const tagLength = 16

/** AES-256-GCM. `boundTo` names the place the content belongs to: moved elsewhere, it does not open. */
export function seal(key: Buffer, content: Uint8Array, boundTo: string): Buffer {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
  cipher.setAAD(Buffer.from(boundTo))
  const body = Buffer.concat([cipher.update(content), cipher.final()])
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body])
}

/** @throws Error when the content was altered, moved, or sealed with another key. */
export function unseal(key: Buffer, sealed: Uint8Array, boundTo: string): Buffer {
  if (sealed[0] !== version || sealed.length < 1 + nonceLength + tagLength)
    throw new Error('the content is not sealed in a known way')
  const nonce = sealed.subarray(1, 1 + nonceLength)
  const tag = sealed.subarray(1 + nonceLength, 1 + nonceLength + tagLength)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
  decipher.setAAD(Buffer.from(boundTo))
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed.subarray(1 + nonceLength + tagLength)), decipher.final()])
}
