import type { z } from 'zod'
import { AnnotationId } from '#shared/ids.ts'
import type { PatientId, PractitionerId, SnapshotId } from '#shared/ids.ts'
import { AnnotationShape } from '#shared/imaging-viewer.ts'
import type { Annotation } from '#shared/imaging-viewer.ts'
import { DomainError } from '#shared/errors.ts'
import { mustBeLive } from '../../consult/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { newId } from '../../platform/ids.ts'
import { findSnapshot } from '../../records/index.ts'
import type { SnapshotWithVariants } from '../../records/index.ts'
import { notFound } from '../errors.ts'
import type { ImagingNeeds } from '../needs.ts'
import { maySee } from '../policy.ts'
import { recordReading } from '../reading.ts'
import type { AnnotationRow } from './annotation.entity.ts'
import {
  annotationsOf,
  countAnnotations,
  findAnnotation,
  insertAnnotation,
  markRemoved,
  unmarkRemoved,
} from './annotations.store.ts'

type Wire = z.input<typeof Annotation>
type Author = { role: 'patient'; id: PatientId } | { role: 'practitioner'; id: PractitionerId }

/** Of each side, removed ones too: a browser gone wild must not fill the chart, nor keep the other side from drawing. */
const maxPerPicture = 500

/** What was drawn over a picture, for whoever may see the picture. */
export async function listAnnotations(
  needs: ImagingNeeds,
  ctx: Context,
  snapshotId: SnapshotId,
): Promise<Wire[]> {
  const author = authorOf(ctx)
  const found = await needs.db.read(async (tx) => {
    const snapshot = await findSnapshot(tx, snapshotId)
    const may = snapshot !== null && (await maySee(needs, tx, ctx, snapshot))
    return { snapshot, may, rows: may ? await annotationsOf(tx, snapshotId) : [] }
  })
  await recordReading(needs, ctx, {
    action: 'annotation.listed',
    patientId: found.snapshot?.patientId ?? null,
    entity: { kind: 'snapshot', id: snapshotId },
    may: found.may,
  })
  return found.rows.map((row) => present(row, author))
}

/** The same key gives the same drawing once. */
export async function addAnnotation(
  needs: ImagingNeeds,
  ctx: Context,
  {
    snapshotId,
    shape,
    idempotencyKey,
  }: { snapshotId: SnapshotId; shape: AnnotationShape; idempotencyKey: string },
): Promise<Wire> {
  const { db, clock, audit, consult } = needs
  const author = authorOf(ctx)
  const tried = { action: 'annotation.added', entity: { kind: 'snapshot', id: snapshotId } }
  const snapshot = await visible(needs, ctx, snapshotId, tried)
  const { row, isNew } = await db.write(async (tx) => {
    const id = newId(AnnotationId, clock)
    const scope = `annotation ${author.id}`
    const before = await claimKey(tx, clock, { scope, key: idempotencyKey, resultId: id })
    if (author.role === 'patient') await mustBePointingNow(needs, tx, snapshot, shape)
    if (before !== null) {
      const made = await findAnnotation(tx, AnnotationId.parse(before))
      if (made?.snapshotId !== snapshotId) throw new DomainError('conflict')
      return { row: made, isNew: false }
    }
    if ((await countAnnotations(tx, snapshotId, author.role)) >= maxPerPicture)
      throw new DomainError('limit_reached', { max: maxPerPicture })
    const row: AnnotationRow = {
      id,
      snapshotId,
      patientId: snapshot.patientId,
      authorRole: author.role,
      authorId: author.id,
      authorName: author.role === 'practitioner' ? await needs.practitionerName(tx, author.id) : null,
      ...stored(shape),
      createdAt: clock.now(),
      removedAt: null,
    }
    await insertAnnotation(tx, row)
    audit.append(tx, ctx, {
      action: 'annotation.added',
      patientId: snapshot.patientId,
      entity: { kind: 'annotation', id },
    })
    return { row, isNew: true }
  })
  if (isNew && snapshot.consultId)
    consult.tell(snapshot.consultId, 'annotation:changed', { snapshotId, annotationId: row.id })
  return present(row, author)
}

/** Takes back what oneself has drawn; patients while the consult is live. */
export async function removeAnnotation(needs: ImagingNeeds, ctx: Context, id: AnnotationId): Promise<void> {
  await changeOwn(needs, ctx, id, 'annotation.removed', (tx) => markRemoved(tx, id, needs.clock.now()))
}

/** Puts back what oneself has taken back, with the time at which it was drawn. */
export async function restoreAnnotation(needs: ImagingNeeds, ctx: Context, id: AnnotationId): Promise<Wire> {
  return present(
    await changeOwn(needs, ctx, id, 'annotation.restored', (tx) => unmarkRemoved(tx, id)),
    authorOf(ctx),
  )
}

/** @throws not_found, forbidden for what somebody else has drawn, consult_ended for patients. */
async function changeOwn(
  needs: ImagingNeeds,
  ctx: Context,
  id: AnnotationId,
  action: 'annotation.removed' | 'annotation.restored',
  change: (tx: Tx) => Promise<boolean>,
): Promise<AnnotationRow> {
  const { db, audit, consult } = needs
  const author = authorOf(ctx)
  const row = await db.read((tx) => findAnnotation(tx, id))
  if (!row) throw notFound()
  const entity = { kind: 'annotation', id }
  const snapshot = await visible(needs, ctx, row.snapshotId, { action, entity })
  if (!isBy(row, author)) throw new DomainError('forbidden')
  const changed = await db.write(async (tx) => {
    if (author.role === 'patient') await mustBeNow(needs, tx, snapshot)
    if (!(await change(tx))) return false
    audit.append(tx, ctx, { action, patientId: row.patientId, entity })
    return true
  })
  const { id: snapshotId, consultId } = snapshot
  if (changed && consultId) consult.tell(consultId, 'annotation:changed', { snapshotId, annotationId: id })
  return row
}

/** A refusal is written down as what was tried. @throws not_found for a picture that the actor may not see */
async function visible(
  needs: ImagingNeeds,
  ctx: Context,
  id: SnapshotId,
  tried: { action: string; entity: { kind: string; id: string } },
): Promise<SnapshotWithVariants> {
  const { snapshot, may } = await needs.db.read(async (tx) => {
    const found = await findSnapshot(tx, id)
    return { snapshot: found, may: found !== null && (await maySee(needs, tx, ctx, found)) }
  })
  if (snapshot && may) return snapshot
  await needs.audit.record(ctx, { ...tried, outcome: 'refused', patientId: snapshot?.patientId ?? null })
  throw notFound()
}

/** A patient shows where it is, in front of the doctor; measuring and naming is the doctor's work. */
async function mustBePointingNow(
  needs: ImagingNeeds,
  tx: Tx,
  snapshot: SnapshotWithVariants,
  { kind }: AnnotationShape,
): Promise<void> {
  if (kind !== 'arrow') throw new DomainError('forbidden')
  await mustBeNow(needs, tx, snapshot)
}

/** What a patient has shown stays in the chart as it was when the visit ended. */
async function mustBeNow(
  { consult }: ImagingNeeds,
  tx: Tx,
  { consultId }: SnapshotWithVariants,
): Promise<void> {
  const row = consultId && (await consult.find(tx, consultId))
  mustBeLive(row ? row.state : 'ended')
}

/** Routes let nobody else come here. */
function authorOf({ actor }: Context): Author {
  if (actor.kind === 'guest') return { role: 'patient', id: actor.patientId }
  if (actor.kind === 'user' && actor.role === 'patient' && actor.patientId)
    return { role: 'patient', id: actor.patientId }
  if (actor.kind === 'user' && actor.role === 'practitioner' && actor.practitionerId)
    return { role: 'practitioner', id: actor.practitionerId }
  throw notFound()
}

function isBy(row: AnnotationRow, author: Author): boolean {
  return row.authorRole === author.role && row.authorId === author.id
}

function stored(shape: AnnotationShape): Pick<AnnotationRow, 'kind' | 'geometry' | 'label'> {
  const { kind, points } = shape
  const measure = shape.kind === 'calibration' ? { millimetres: shape.millimetres, marker: shape.marker } : {}
  const origin = shape.kind === 'outline' ? { proposed: shape.proposed } : {}
  return {
    kind,
    geometry: JSON.stringify({ points, ...measure, ...origin }),
    label: shape.kind === 'text' ? shape.text : null,
  }
}

function present(row: AnnotationRow, author: Author): Wire {
  const geometry = JSON.parse(row.geometry) as Record<string, unknown>
  const text = row.label === null ? {} : { text: row.label }
  return {
    id: row.id,
    snapshotId: row.snapshotId,
    shape: AnnotationShape.parse({ kind: row.kind, ...geometry, ...text }),
    createdAt: row.createdAt,
    author: { role: row.authorRole, name: row.authorName, own: isBy(row, author) },
  }
}
