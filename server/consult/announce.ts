import type { Logger } from 'pino'
import type { PractitionerId } from '#shared/ids.ts'
import type { Database, Tx } from '#server/platform/db.ts'
import type { Realtime } from '#server/platform/realtime.ts'
import type { ConsultRow } from './consult.entity.ts'
import { raiseVersionsOfQueue, waitingFor } from './consults.store.ts'
import type { Seats } from './seats.ts'

export type Announcements = {
  /** After the commit: everyone in the consult pulls its state, and the doctor's board is drawn anew. */
  changed(tx: Tx, consult: ConsultRow): void
  /** After the commit: the places of those who wait for this practitioner have moved. */
  queueMoved(tx: Tx, practitionerId: PractitionerId): void
}

type Needs = { db: Database; realtime: Pick<Realtime, 'tell'>; seats: Seats; log: Logger }

export function createAnnouncements({ db, realtime, seats, log }: Needs): Announcements {
  function tellConsult({ id, version, state }: ConsultRow): void {
    // Those who sit here need not look the admission up.
    seats.heard(id, { version, state })
    realtime.tell(`consult:${id}`, 'consult:changed', { version, state })
  }

  /** In a transaction of its own: it locks other consults' rows, and theirs may be locked the other way round. */
  async function moveQueue(practitionerId: PractitionerId): Promise<void> {
    await db.write((tx) => raiseVersionsOfQueue(tx, practitionerId))
    for (const consult of await db.read((tx) => waitingFor(tx, practitionerId))) tellConsult(consult)
  }

  return {
    changed(tx, consult) {
      tx.afterCommit(() => {
        tellConsult(consult)
        realtime.tell(`clinic:${consult.practitionerId}`, 'clinic:changed', {})
      })
    },
    queueMoved(tx, practitionerId) {
      tx.afterCommit(() => {
        moveQueue(practitionerId).catch((error: unknown) =>
          log.warn({ err: error }, 'those who wait were not told that the queue moved'),
        )
      })
    },
  }
}
