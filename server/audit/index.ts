import type { Instant } from '#shared/time.ts'
import type { OrganizationId, PatientId } from '#shared/ids.ts'
import type { Clock } from '../platform/clock.ts'
import type { Context } from '../platform/context.ts'
import { hmacHex, type Keys } from '../platform/crypto.ts'
import type { Database, Tx } from '../platform/db.ts'
import { auditEventEntity, auditHeadEntity, type AuditOutcome, type AuditRow } from './audit.entity.ts'
import {
  actionsWithin,
  appendRows,
  findRows,
  findRowsWithin,
  knownActions,
  lockHead,
  type AuditFilter,
} from './audit.store.ts'
import { linkRows } from './chain.ts'
import { withCustodians, type Custodians, type Unkept } from './custodians.ts'
import { createRecorder } from './recorder.ts'
import { verifyChain, type AuditReport } from './verify.ts'

export { verifyChain }
export type { AuditFilter, AuditReport, AuditRow }

/** What happened, with ids and no more. `action` is `thing.verb`, such as `chart.read` or `note.signed`. */
export type AuditEntry = {
  action: string
  /** `success` when left out. */
  outcome?: AuditOutcome
  /** Whose data it was about. */
  patientId?: PatientId | null
  /** Which row, by the name of its table. */
  entity?: { kind: string; id: string } | null
  /** Where it was done, when who did it is of no organization: somebody who has a link and is not signed in. */
  organizationId?: OrganizationId
}

/** What a reader of the trail sees, newest first; and every action that occurs in it, in alphabetical order. */
export type AuditView = {
  search(filter: AuditFilter): Promise<AuditRow[]>
  actions(): Promise<string[]>
}

/** Itself a view of the whole trail. */
export type Audit = AuditView & {
  /** Part of the caller's transaction: the entry and the change it tells of are kept together or not at all. */
  append(tx: Tx, ctx: Context, entry: AuditEntry): void
  /** For reads, before data leaves: resolves when the entry is kept. When it rejects, the read must fail. */
  record(ctx: Context, entry: AuditEntry): Promise<void>
  /**
   * The part that these organizations may see: what was done by somebody of theirs, and what was about a patient, an
   * account or an organization of theirs, whoever did it. What belongs to nobody is in no part.
   */
  within(organizations: readonly OrganizationId[]): AuditView
  verify(): Promise<AuditReport>
}

export const auditEntities = [auditEventEntity, auditHeadEntity]

type Needs = { db: Database; clock: Clock; keys: Keys; custodians: Custodians }

export function createAudit({ db, clock, keys, custodians }: Needs): Audit {
  const waiting = new WeakMap<Tx, Unkept[]>()

  function add(tx: Tx, row: Unkept): void {
    const rows = waiting.get(tx) ?? []
    rows.push(row)
    waiting.set(tx, rows)
    // The head is locked last and shortly: the order of locks is the same in every use case.
    tx.beforeCommit('audit', async () => {
      const kept = await withCustodians(tx, rows, custodians)
      const { linked, head } = linkRows(kept, await lockHead(tx), keys.audit)
      await appendRows(tx, linked, head)
    })
  }

  const recorder = createRecorder((rows) =>
    db.write(async (tx) => {
      for (const row of rows) add(tx, row)
    }),
  )

  return {
    append: (tx, ctx, entry) => add(tx, toRow(ctx, entry, clock.now(), keys)),
    record: (ctx, entry) => recorder.keep(toRow(ctx, entry, clock.now(), keys)),
    search: (filter) => db.read((tx) => findRows(tx, filter)),
    actions: () => db.read(knownActions),
    within: (organizations) => ({
      search: (filter) => db.read((tx) => findRowsWithin(tx, organizations, filter)),
      actions: () => db.read((tx) => actionsWithin(tx, organizations)),
    }),
    verify: () => verifyChain(db, keys.audit),
  }
}

function toRow(ctx: Context, entry: AuditEntry, at: Instant, keys: Keys): Unkept {
  return {
    at,
    action: entry.action,
    outcome: entry.outcome ?? 'success',
    actorKind: ctx.actor.kind,
    actorId: actorId(ctx),
    patientId: entry.patientId ?? null,
    entityKind: entry.entity?.kind ?? null,
    entityId: entry.entity?.id ?? null,
    requestId: ctx.requestId,
    ipHash: ctx.ip === '' ? null : hmacHex(keys.pseudonym, ctx.ip),
    organizationId: organizationOf(ctx) ?? entry.organizationId ?? null,
  }
}

/** A guest is the patient: the link was theirs, the second check too. */
function actorId({ actor }: Context): string | null {
  switch (actor.kind) {
    case 'user':
      return actor.userId
    case 'guest':
      return actor.patientId
    case 'system':
      return actor.name
    case 'anonymous':
      return null
  }
}

function organizationOf({ actor }: Context): OrganizationId | null {
  return actor.kind === 'user' || actor.kind === 'guest' ? actor.organizationId : null
}
