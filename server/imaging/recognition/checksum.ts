import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** Of a file of any size, a piece at a time, so that nobody waits for it. Hexadecimal. @throws ENOENT and the like */
export async function sha256Of(file: URL | string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
