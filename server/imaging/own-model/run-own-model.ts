import { DomainError } from '#shared/errors.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { OwnModelResult } from '#shared/imaging-models.ts'
import type { Context } from '../../platform/context.ts'
import type { SnapshotWithVariants } from '../../records/index.ts'
import { asFact, notFound } from '../errors.ts'
import { findTreated } from '../find-treated.ts'
import type { ImagingNeeds } from '../needs.ts'
import { ProcessFailed } from '../pipeline/index.ts'
import { ModelRefused, type OwnModel } from '../recognition/own-model/index.ts'
import { originalOf, samplesOf } from '../samples.ts'
import type { Models } from './models.ts'

export type OwnModelNeeds = ImagingNeeds & { models: Models }

type Which = { snapshotId: SnapshotId; name: string }

/** A clinic's own model looks at an original; what it says is kept nowhere, that it was asked is in the audit trail. */
export async function runOwnModel(
  needs: OwnModelNeeds,
  ctx: Context,
  { snapshotId, name }: Which,
): Promise<OwnModelResult> {
  const { models, switches } = needs
  const wish = { snapshotId, action: 'snapshot.own_model' }
  const snapshot = await findTreated(needs, ctx, wish, (tx) => switches.require(tx, ctx, 'ownModel'))
  const model = models.own(name)
  if (!model) {
    const known = models.list().some((listed) => listed.origin === 'own' && listed.name === name)
    throw known ? new DomainError('conflict', { reason: 'model_unavailable' }) : notFound()
  }
  await recordRun(needs, ctx, snapshot, model)
  const { version, sha256 } = model.card
  const picture = await samplesOf(needs, snapshot, model.edgeFor(originalOf(snapshot)))
  const labels = await model.run(picture).catch((error: unknown) => {
    throw asModelFact(error)
  })
  const { activation } = model
  return { model: { name, version, sha256 }, activation, labels, notForDiagnosis: true }
}

/** Two entries of one request: which picture, and by which model. */
async function recordRun(
  { audit }: ImagingNeeds,
  ctx: Context,
  { id, patientId }: SnapshotWithVariants,
  { card }: OwnModel,
): Promise<void> {
  await audit.record(ctx, {
    action: 'snapshot.own_model',
    patientId,
    entity: { kind: 'snapshot', id },
  })
  // As much of the hash as there is room for: 128 bits of it are one file's alone.
  await audit.record(ctx, {
    action: 'own_model.run',
    entity: { kind: 'model', id: card.sha256.slice(0, 32) },
  })
}

function asModelFact(error: unknown): unknown {
  if (error instanceof ModelRefused) return new DomainError('conflict', { reason: 'model_failed' }, error)
  if (error instanceof ProcessFailed) {
    const reasons = { timed_out: 'model_timed_out', out_of_memory: 'model_out_of_memory' } as const
    if (error.code === 'timed_out' || error.code === 'out_of_memory')
      return new DomainError('conflict', { reason: reasons[error.code] }, error)
    if (error.code === 'crashed') return new DomainError('conflict', { reason: 'model_crashed' }, error)
  }
  return asFact(error)
}
