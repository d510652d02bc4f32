import type { Database } from '../platform/db.ts'
import { readHead, rowsAfter } from './audit.store.ts'
import { firstBreak, type Break } from './chain.ts'

const rowsPerPage = 1_000
const start = { sequence: 0, hash: '0'.repeat(64) }

/** `broken` names the first row that was altered, moved or removed; null when the trail is whole. */
export type AuditReport = { rows: number; broken: Break | null; ms: number }

/** Walks the whole chain in pages, while others go on appending to it. */
export async function verifyChain(db: Database, key: Buffer): Promise<AuditReport> {
  const startedAt = performance.now()
  let end = start
  for (;;) {
    const rows = await db.read((tx) => rowsAfter(tx, end.sequence, rowsPerPage))
    const broken = firstBreak(rows, end, key)
    if (broken) return { rows: broken.sequence - 1, broken, ms: performance.now() - startedAt }
    const last = rows.at(-1)
    if (last) end = { sequence: last.sequence, hash: last.hash }
    if (rows.length < rowsPerPage) break
  }
  return { rows: end.sequence, broken: await endBreak(db, end, key), ms: performance.now() - startedAt }
}

/** Rows are written with the head that names them, so a head beyond the last row means that the tail was cut. */
async function endBreak(db: Database, end: typeof start, key: Buffer): Promise<Break | null> {
  const head = await db.read(readHead)
  if (head.sequence === end.sequence)
    return head.hash === end.hash ? null : { sequence: end.sequence, kind: 'altered' }
  if (head.sequence < end.sequence) return { sequence: head.sequence + 1, kind: 'altered' }
  const later = await db.read((tx) => rowsAfter(tx, end.sequence, head.sequence - end.sequence))
  const broken = firstBreak(later, end, key)
  if (broken) return broken
  return later.length < head.sequence - end.sequence
    ? { sequence: end.sequence + later.length + 1, kind: 'missing' }
    : null
}
