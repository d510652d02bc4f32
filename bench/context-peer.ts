import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Database, Tx } from '#server/platform/db.ts'

/**
 * What someone would write by hand who wants no more than is needed: bare node:http, each statement written out, rows
 * stringified as they come. It does the database work of the product: who asks, do they treat the patient, the rows,
 * the audit row at the end of the chain in a transaction that is synced to disk.
 */
export async function startPeer(db: Database): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(db, (request.url ?? '').slice(1), request.headers.cookie ?? '').then(
      (rows) => {
        response.setHeader('Content-Type', 'application/json')
        response.end(JSON.stringify(rows))
      },
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function answer(db: Database, id: string, cookie: string): Promise<unknown> {
  const token = cookie.slice(cookie.indexOf('=') + 1)
  return db.read(async (tx) => {
    const sessions: { practitioner_id: string; last_seen_at: number; expires_at: number }[] =
      await tx.manager.query(
        `SELECT s.id, s.last_seen_at, s.expires_at, u.practitioner_id, u.role, u.active
       FROM session s JOIN "user" u ON u.id = s.user_id WHERE s.token_hash = ?`,
        [createHash('sha256').update(token).digest('hex')],
      )
    const practitionerId = sessions[0]?.practitioner_id
    if (practitionerId === undefined) throw new Error('nobody is signed in')
    const visits: unknown[] = await tx.manager.query(
      `SELECT 1 FROM appointment WHERE patient_id = ? AND practitioner_id = ? AND starts_at >= ? AND status <> 'cancelled' LIMIT 1`,
      [id, practitionerId, 0],
    )
    if (visits.length === 0) throw new Error('a stranger')
    const [rows] = await Promise.all([rowsByHand(tx, id), audit(db, practitionerId, id)])
    return rows
  })
}

function audit(db: Database, actorId: string, patientId: string): Promise<void> {
  return db.write(async ({ manager }) => {
    const [head]: { sequence: number; hash: string }[] = await manager.query(
      'SELECT sequence, hash FROM audit_head',
    )
    if (!head) throw new Error('no chain')
    const sequence = head.sequence + 1
    const hash = createHash('sha256').update(head.hash).update(actorId).update(patientId).digest('hex')
    await manager.query(
      `INSERT INTO audit_event (sequence, at, action, outcome, actor_kind, actor_id, patient_id, previous_hash, hash)
       VALUES (?, ?, 'chart.read', 'success', 'user', ?, ?, ?, ?)`,
      [sequence, sequence, actorId, patientId, head.hash, hash],
    )
    await manager.query('UPDATE audit_head SET sequence = ?, hash = ?', [sequence, hash])
  })
}

/** The rows of the side panel, one plain statement for each table. */
export async function rowsByHand({ manager }: Tx, id: string): Promise<unknown> {
  const select = (sql: string): Promise<unknown> => manager.query(sql, [id])
  return {
    patient: await select(
      `SELECT p.id, p.display_name, p.birth_date, p.gender, p.locale, i.value AS identifier, t.value AS phone
       FROM patient p JOIN patient_identifier i ON i.patient_id = p.id
       LEFT JOIN patient_telecom t ON t.patient_id = p.id AND t.kind = 'phone' WHERE p.id = ?`,
    ),
    conditions: await select(
      'SELECT id, system_uri, code, display, clinical_status, onset_date FROM "condition" WHERE patient_id = ?',
    ),
    allergies: await select(
      'SELECT id, system_uri, code, display, criticality, reaction FROM allergy WHERE patient_id = ?',
    ),
    medications: await select(
      'SELECT id, system_uri, code, display, dosage, status, started_on FROM medication WHERE patient_id = ?',
    ),
    observations: await select(
      `SELECT id, system_uri, code, display, effective_at, value, unit FROM observation
       WHERE patient_id = ? ORDER BY code, effective_at`,
    ),
    components: await select(
      `SELECT c.observation_id, c.system_uri, c.code, c.display, c.value, c.unit
       FROM observation o JOIN observation_component c ON c.observation_id = o.id
       WHERE o.patient_id = ? AND o.code = '85354-9'`,
    ),
    visits: await select(
      `SELECT e.id, e.started_at, e.practitioner_name, e.reason, n.status, v.assessment FROM encounter e
       LEFT JOIN note n ON n.encounter_id = e.id
       LEFT JOIN note_version v ON v.note_id = n.id AND v.version = n.version
       WHERE e.patient_id = ? ORDER BY e.started_at DESC LIMIT 20`,
    ),
    snapshots: await select('SELECT id, taken_at, state FROM snapshot WHERE patient_id = ?'),
  }
}
