import { OrganizationId } from '#shared/ids.ts'
import type { Tx } from '../platform/db.ts'
import type { UnchainedRow } from './chain.ts'

/** From the domains above: to which organizations these belong now. Unknown ids are left out. */
export type Custodians = {
  ofPatients(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OrganizationId>>
  ofUsers(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OrganizationId>>
}

/** What is yet to be told who keeps what it is about. */
export type Unkept = Omit<UnchainedRow, 'custodianId'>

/** Asked once for all rows of a commit. */
export async function withCustodians(
  tx: Tx,
  rows: readonly Unkept[],
  custodians: Custodians,
): Promise<UnchainedRow[]> {
  const patients = unique(rows.flatMap(({ patientId }) => patientId ?? []))
  const users = unique(rows.flatMap((row) => (isAbout(row, 'user') ? (row.entityId ?? []) : [])))
  const ofPatients = patients.length === 0 ? nobodys : await custodians.ofPatients(tx, patients)
  const ofUsers = users.length === 0 ? nobodys : await custodians.ofUsers(tx, users)

  function custodianOf(row: Unkept): OrganizationId | null {
    if (row.patientId !== null) return ofPatients.get(row.patientId) ?? null
    if (isAbout(row, 'user')) return ofUsers.get(row.entityId ?? '') ?? null
    return isAbout(row, 'organization') ? OrganizationId.parse(row.entityId) : null
  }
  return rows.map((row) => ({ ...row, custodianId: custodianOf(row) }))
}

const nobodys: ReadonlyMap<string, OrganizationId> = new Map()

function isAbout(row: Unkept, kind: 'user' | 'organization'): boolean {
  return row.patientId === null && row.entityKind === kind
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
