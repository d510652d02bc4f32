import type { ConsultId, EncounterId, OrganizationId, PatientId, SnapshotId } from '#shared/ids.ts'
import { contentAnswerMs } from '#shared/imaging-content.ts'
import { systemContext } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { madeAt } from '../platform/ids.ts'
import {
  findEncounter,
  findSnapshot,
  settleContent,
  undescribedSnapshots,
  wantContent,
} from '../records/index.ts'
import type { KeptContent } from './content.ts'
import type { ImagingNeeds } from './needs.ts'
import { ImageRejected } from './pipeline/index.ts'
import { contentCard, contentEdge, typeCard } from './recognition/content/cards.ts'
import { isSensitive, typeOf } from './recognition/content/decide.ts'
import type { ContentQuestions } from './recognition/content/describe-content.ts'
import { nameOf } from './recognition/model-name.ts'
import { takeUpAlone } from './take-up.ts'

/** Nobody is at it by then: the server that was has died, or its models were busy. */
const abandonedAfterMs = 10_000
const sweepEveryMs = 10_000

type Picture = {
  id: SnapshotId
  patientId: PatientId
  encounterId: EncounterId | null
  consultId: ConsultId | null
}

/** What models say of every picture that is taken in, where the clinic lets them. */
export type Descriptions = {
  /** Notes in the picture's transaction what is to be asked: `guard` covers it until there is an answer. Null: nothing. */
  want(tx: Tx, id: SnapshotId, organizationId: OrganizationId): Promise<'guard' | 'type' | null>
  /** Asks, once `ready` has settled: the picture itself goes before. */
  begin(picture: Picture, original: Uint8Array, ready: Promise<unknown>): void
  /** Waits for what is under way. */
  settled(): Promise<void>
}

export function createDescriptions(needs: ImagingNeeds): Descriptions {
  const { db, clock, log, audit, jobs, coordination, blobs, consult, pipeline, recognition, switches } = needs
  const underWay = new Map<SnapshotId, Promise<void>>()

  async function switchedOn(tx: Tx, organizationId: OrganizationId): Promise<ContentQuestions> {
    return {
      guard: await switches.isOn(tx, organizationId, 'sensitiveContent'),
      type: await switches.isOn(tx, organizationId, 'pictureType'),
    }
  }

  /** A picture of the past was in a visit, but in no consult. */
  async function visitOf(tx: Tx, { consultId, encounterId }: Picture) {
    const row = consultId && (await consult.find(tx, consultId))
    return row ?? (encounterId && findEncounter(tx, encounterId))
  }

  async function describe(picture: Picture, original: Uint8Array): Promise<void> {
    // What was switched off meanwhile is not asked any more.
    const asked = await db.read(async (tx) => {
      const visit = await visitOf(tx, picture)
      return visit ? switchedOn(tx, visit.organizationId) : { guard: false, type: false }
    })
    if (!asked.guard && !asked.type) return settle(picture, null)
    try {
      const pixels = await pipeline.pixels(original, contentEdge)
      const said = await recognition.run('describeContent', { picture: pixels, asked })
      await settle(picture, {
        sensitive: isSensitive(said),
        sensitivity: said.sensitivity,
        type: typeOf(said.types),
        types: said.types,
        models: [contentCard, ...(asked.type ? [typeCard] : [])].map(nameOf),
      })
    } catch (error) {
      if (!(error instanceof ImageRejected)) throw error
      log.warn({ snapshotId: picture.id, err: error }, 'picture cannot be described')
      await settle(picture, null)
    }
  }

  async function settle(picture: Picture, content: KeptContent | null): Promise<void> {
    const { id, patientId, consultId } = picture
    const changed = await db.write(async (tx) => {
      const first = await settleContent(tx, id, content && JSON.stringify(content))
      if (first && content)
        audit.append(tx, systemContext('imaging', log), {
          action: 'snapshot.described',
          patientId,
          entity: { kind: 'snapshot', id },
        })
      return first
    })
    if (changed && consultId) consult.tell(consultId, 'snapshot:described', { snapshotId: id })
  }

  async function sweep(): Promise<void> {
    const now = clock.now()
    for (const snapshot of await db.read((tx) => undescribedSnapshots(tx, now - abandonedAfterMs))) {
      // One of the past was taken long before it was added.
      if (underWay.has(snapshot.id) || madeAt(snapshot.id) > now - abandonedAfterMs) continue
      // One that cannot be taken up must not keep those after it from their turn.
      await takeUp(snapshot, now).catch((error: unknown) =>
        log.warn({ snapshotId: snapshot.id, err: error }, 'picture not described; the sweep tries again'),
      )
    }
  }

  async function takeUp(picture: Picture, now: number): Promise<void> {
    if (madeAt(picture.id) < now - contentAnswerMs) {
      log.warn({ snapshotId: picture.id }, 'picture not described in time')
      return settle(picture, null)
    }
    await takeUpAlone(coordination, `content:${picture.id}`, async () => {
      const whole = await db.read((tx) => findSnapshot(tx, picture.id))
      const original = whole?.variants.find(({ variant }) => variant === 'original')
      if (original) await describe(picture, await blobs.get(original.blobKey))
    })
  }

  jobs.every('undescribed pictures', sweepEveryMs, sweep)
  return {
    async want(tx, id, organizationId) {
      const { guard, type } = await switchedOn(tx, organizationId)
      const wanted = guard ? 'guard' : type ? 'type' : null
      if (wanted) await wantContent(tx, id, wanted)
      return wanted
    },
    begin(picture, original, ready) {
      const done = ready
        .then(() => describe(picture, original))
        .catch((error: unknown) =>
          log.warn({ snapshotId: picture.id, err: error }, 'picture not described; the sweep tries again'),
        )
        .finally(() => underWay.delete(picture.id))
      underWay.set(picture.id, done)
    },
    async settled() {
      await Promise.all(underWay.values())
    },
  }
}
