import type { Instant } from '#shared/time.ts'
import type { PatientId } from '#shared/ids.ts'
import type { Clock } from '../platform/clock.ts'
import type { Context } from '../platform/context.ts'
import { hmacHex, type Keys } from '../platform/crypto.ts'
import type { Database, Tx } from '../platform/db.ts'
import { auditEventEntity, auditHeadEntity, type AuditOutcome, type AuditRow } from './audit.entity.ts'
import { appendRows, findRows, knownActions, lockHead, type AuditFilter } from './audit.store.ts'
import { linkRows, type UnchainedRow } from './chain.ts'
import { createRecorder } from './recorder.ts'
import { verifyChain, type AuditReport } from './verify.ts'

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
}

export type Audit = {
  /** Part of the caller's transaction: the entry and the change it tells of are kept together or not at all. */
  append(tx: Tx, ctx: Context, entry: AuditEntry): void
  /** For reads, before data leaves: resolves when the entry is kept. When it rejects, the read must fail. */
  record(ctx: Context, entry: AuditEntry): Promise<void>
  search(filter: AuditFilter): Promise<AuditRow[]>
  actions(): Promise<string[]>
  verify(): Promise<AuditReport>
}

export const auditEntities = [auditEventEntity, auditHeadEntity]

export function createAudit({ db, clock, keys }: { db: Database; clock: Clock; keys: Keys }): Audit {
  const waiting = new WeakMap<Tx, UnchainedRow[]>()

  function add(tx: Tx, row: UnchainedRow): void {
    const rows = waiting.get(tx) ?? []
    rows.push(row)
    waiting.set(tx, rows)
    // The head is locked last and shortly: the order of locks is the same in every use case.
    tx.beforeCommit('audit', async () => {
      const { linked, head } = linkRows(rows, await lockHead(tx), keys.audit)
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
    verify: () => verifyChain(db, keys.audit),
  }
}

function toRow(ctx: Context, entry: AuditEntry, at: Instant, keys: Keys): UnchainedRow {
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
