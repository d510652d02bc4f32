import type { ConsultId } from '#shared/ids.ts'
import type { Tx } from '../platform/db.ts'
import { weightOfConsult } from '../records/index.ts'
import { picturesFull } from './errors.ts'

/** Nobody looks at more in one visit; a script might send them. */
const mostPictures = 100
const mostBytes = 300 * 1024 * 1024

/**
 * Whether the consult has room for one more picture of so many bytes. A brake, not a scale: pictures that come in at the
 * same moment do not see each other.
 * @throws pictures_full
 */
export async function mustHaveRoom(tx: Tx, consultId: ConsultId, bytes: number): Promise<void> {
  const held = await weightOfConsult(tx, consultId)
  if (held.pictures >= mostPictures) throw picturesFull('count')
  if (held.bytes + bytes > mostBytes) throw picturesFull('bytes')
}
