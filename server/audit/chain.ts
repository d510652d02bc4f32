import { hmacHex } from '../platform/crypto.ts'
import type { AuditRow } from './audit.entity.ts'

/** Where the chain ends: the last row's number and hash. */
export type Head = { sequence: number; hash: string }
export type UnchainedRow = Omit<AuditRow, 'sequence' | 'hashVersion' | 'previousHash' | 'hash'>

const presentVersion = 2

/** Links rows to the end of the chain, in the given order. Returns them with the new head. */
export function linkRows(rows: readonly UnchainedRow[], from: Head, key: Buffer) {
  let head = from
  const linked = rows.map((row) => {
    const next = { ...row, sequence: head.sequence + 1, hashVersion: presentVersion, previousHash: head.hash }
    const hash = hmacHex(key, contentOf(next))
    head = { sequence: next.sequence, hash }
    return { ...next, hash }
  })
  return { linked, head }
}

export type Break = { sequence: number; kind: 'altered' | 'missing' | 'moved' }

/** The first row that does not follow from the end of the chain before it; null when all do. */
export function firstBreak(rows: readonly AuditRow[], from: Head, key: Buffer): Break | null {
  let { sequence, hash } = from
  for (const row of rows) {
    if (row.sequence !== sequence + 1) return { sequence: sequence + 1, kind: 'missing' }
    if (!isHashed(row) || row.hash !== hmacHex(key, contentOf(row)))
      return { sequence: row.sequence, kind: 'altered' }
    if (row.previousHash !== hash) return { sequence: row.sequence, kind: 'moved' }
    ;({ sequence, hash } = row)
  }
  return null
}

function isHashed({ hashVersion }: AuditRow): boolean {
  return hashVersion === 1 || hashVersion === presentVersion
}

/**
 * The encoding is an array in a fixed order: no two rows have the same, and key order cannot matter. Its first word is
 * the version, so that a row passed off as one of another version does not fit its hash.
 */
function contentOf(row: Omit<AuditRow, 'hash'>): string {
  const organizations = row.hashVersion === 1 ? [] : [row.organizationId, row.custodianId]
  return JSON.stringify([
    `bedside-audit/${row.hashVersion}`,
    row.sequence,
    row.at,
    row.action,
    row.outcome,
    row.actorKind,
    row.actorId,
    row.patientId,
    row.entityKind,
    row.entityId,
    row.requestId,
    row.ipHash,
    ...organizations,
    row.previousHash,
  ])
}
