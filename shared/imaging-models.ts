import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { SnapshotId } from './ids.ts'
import { ModelCard, ModelName } from './imaging-recognition.ts'

/** Why a model that lies there cannot be used. */
export const ModelFault = z.enum([
  'no_manifest',
  'bad_manifest',
  'no_file',
  'too_large',
  'wrong_hash',
  'does_not_open',
  'wrong_shape',
  'timed_out',
  'out_of_memory',
  'crashed',
])
export type ModelFault = z.infer<typeof ModelFault>

/** A model that lies on this server, and whether it may be believed to be what its card describes. */
export const ListedModel = z.strictObject({
  /** Its card's; of a clinic's own one without a readable manifest, its folder's. */
  name: z.string(),
  /** Shipped with Bedside, or put there by the clinic. */
  origin: z.enum(['shipped', 'own']),
  /** Null when it has none that can be read. */
  card: ModelCard.nullable(),
  /** Checked once, after the start. */
  state: z.enum(['checking', 'ready', 'unavailable']),
  /** Null unless it is unavailable. */
  fault: ModelFault.nullable(),
  /** In English, for whoever looks after the server; null when there is nothing more to say. */
  detail: z.string().nullable(),
})
export type ListedModel = z.infer<typeof ListedModel>

/** All models on this server, shipped ones first. For staff. */
export const listModels = endpoint({
  method: 'GET',
  path: '/api/recognition/models',
  reply: z.strictObject({ models: z.array(ListedModel) }),
})

/** What is done to a network's numbers before they are called scores. */
export const ModelActivation = z.enum(['softmax', 'sigmoid', 'none'])
export type ModelActivation = z.infer<typeof ModelActivation>

/** What a clinic's own model says of a picture. Never a diagnosis, and kept nowhere. */
export const OwnModelResult = z.strictObject({
  model: ModelName,
  /** What its manifest says was made of the network's numbers: shares that sum to 1, a share for each label, or nothing. */
  activation: ModelActivation,
  /** The highest first. A score is the model's own figure by `activation`; never the probability of a disease. */
  labels: z.array(z.strictObject({ label: z.string(), score: z.number() })).min(1),
  notForDiagnosis: z.literal(true),
})
export type OwnModelResult = z.infer<typeof OwnModelResult>

/**
 * Has a clinic's own model look at an original; each run is in the audit trail, with the model's hash. For practitioners
 * who treat the patient. Errors: not_found, also for another model; forbidden {reason: switched_off}; busy; conflict
 * {reason: model_unavailable | model_timed_out | model_out_of_memory | model_crashed | model_failed}.
 */
export const runOwnModel = endpoint({
  method: 'POST',
  path: '/api/snapshots/:snapshotId/own-model/:name',
  params: z.strictObject({ snapshotId: SnapshotId, name: ModelCard.shape.name }),
  reply: OwnModelResult,
})
