import type { EntitySchema } from 'typeorm'
import type { Logger } from 'pino'
import { DomainError } from '#shared/errors.ts'
import { dayMs, hourMs } from '#shared/time.ts'
import type { BlobStore } from './blob.ts'
import type { Clock } from './clock.ts'
import type { Coordination } from './coordination.ts'
import type { Database, Tx } from './db.ts'
import type { Jobs } from './jobs.ts'
import type { ObjectStore } from './object-store.ts'

type Needs = {
  db: Database
  /** All tables: every column called blobKey names bytes that are kept. */
  entities: readonly EntitySchema[]
  objects: Pick<ObjectStore, 'list' | 'removeIfOlder'>
  blobs: Pick<BlobStore, 'get'>
  clock: Clock
  log: Logger
}

/** An upload takes seconds from its bytes to its row. */
const oldEnoughMs = dayMs
const batchSize = 200
/**
 * Uploads that failed are few. More than this share means that the database is not the one that these pictures belong to:
 * another clinic's, an empty one, or one from an old backup.
 */
const mostShare = 0.1
/** A small store is no stranger for a few uploads that failed, as long as rows name three objects for each that would go. */
const few = 5
const mostShareOfFew = 0.25
const mostAtOnce = 1_000

export type Swept = { looked: number; leftOver: number; removed: number }

/**
 * Removes bytes that were stored though their row was never written: older than a day, named by no row, and sealed with
 * our own key. Removes nothing when more would have to go than a tenth of all, or a few of a small store.
 */
export async function removeLeftOvers(needs: Needs): Promise<Swept> {
  const { objects, blobs, clock, log } = needs
  const before = clock.now() - oldEnoughMs
  let looked = 0
  const leftOver: string[] = []
  for await (const names of inBatches(objects.list(), batchSize)) {
    looked += names.length
    const old = names.filter(({ putAt }) => putAt < before).map(({ name }) => name)
    const kept = await needs.db.read((tx) => named(tx, needs.entities, old))
    leftOver.push(...old.filter((name) => !kept.has(name)))
  }
  if (leftOver.length > mostOf(looked)) {
    log.error(
      { looked, leftOver: leftOver.length },
      'too many stored pictures without a row: is this the database that belongs to them? nothing was removed',
    )
    return { looked, leftOver: leftOver.length, removed: 0 }
  }
  let removed = 0
  for (const name of leftOver.slice(0, mostAtOnce)) {
    if (!(await isOurs(blobs, name))) {
      log.warn({ object: name }, 'a stored picture without a row is not ours, or damaged: it stays')
      continue
    }
    // A row may have come since; what is put from now on is too young to go.
    const kept = await needs.db.read((tx) => named(tx, needs.entities, [name]))
    if (!kept.has(name) && (await objects.removeIfOlder(name, before))) removed++
  }
  if (removed > 0) log.info({ looked, removed }, 'bytes of uploads that came to nothing were removed')
  return { looked, leftOver: leftOver.length, removed }
}

function mostOf(looked: number): number {
  return Math.max(looked * mostShare, Math.min(few, looked * mostShareOfFew))
}

/** Looks once a day, on one server. */
export function watchLeftOvers(
  needs: Needs & { jobs: Jobs; coordination: Pick<Coordination, 'setIfAbsent'> },
): void {
  needs.jobs.every('left-over blobs', hourMs, async () => {
    if (!(await needs.coordination.setIfAbsent('left-over-blobs', 'looked', dayMs - hourMs))) return
    await removeLeftOvers(needs)
  })
}

async function named(tx: Tx, entities: readonly EntitySchema[], names: string[]): Promise<Set<string>> {
  const found = new Set<string>()
  if (names.length === 0) return found
  for (const entity of entities) {
    for (const property of blobKeysOf(entity)) {
      const rows = await tx.manager
        .createQueryBuilder(entity, 'e')
        .select(`e.${property}`, 'name')
        .where(`e.${property} IN (:...names)`, { names })
        .getRawMany<{ name: string }>()
      for (const { name } of rows) found.add(name)
    }
  }
  return found
}

/** The properties of a table that name bytes. */
export function blobKeysOf({ options }: EntitySchema): string[] {
  return Object.keys(options.columns).filter((property) => /^(blobKey|.*BlobKey)$/.test(property))
}

/** Sealed by another installation, or damaged: not ours to remove. @throws DomainError `unavailable` */
async function isOurs(blobs: Pick<BlobStore, 'get'>, name: string): Promise<boolean> {
  try {
    await blobs.get(name)
    return true
  } catch (error) {
    if (error instanceof DomainError) throw error
    return false
  }
}

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncIterable<T[]> {
  let batch: T[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
