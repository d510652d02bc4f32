import { z } from 'zod'
import { ModelActivation } from '#shared/imaging-models.ts'
import { ModelCard } from '#shared/imaging-recognition.ts'

const side = z.number().int().min(8).max(2048)
const perChannel = z.tuple([z.number(), z.number(), z.number()])

/**
 * What a clinic says of its own network in `manifest.json`, so that pictures can be put into it and its numbers be read.
 * A sample goes in as (sample * scale - mean) / std, each by channel.
 */
export const Manifest = z.strictObject({
  /** The folder's name, too. */
  name: ModelCard.shape.name,
  version: ModelCard.shape.version,
  sha256: ModelCard.shape.sha256,
  licence: ModelCard.shape.licence,
  intendedUse: ModelCard.shape.intendedUse,
  limits: ModelCard.shape.limits,
  origin: ModelCard.shape.origin.default('Put there by the clinic; nothing more is stated.'),
  measured: ModelCard.shape.measured.default('Not stated.'),
  input: z.strictObject({
    width: side,
    height: side,
    layout: z.enum(['NCHW', 'NHWC']),
    channels: z.enum(['RGB', 'BGR']).default('RGB'),
    /** How a picture of another shape is fitted: distorted, or its middle cut out. */
    fit: z.enum(['stretch', 'crop']).default('stretch'),
    /** What a sample of 0..255 is multiplied with first. */
    scale: z
      .number()
      .positive()
      .default(1 / 255),
    mean: perChannel.default([0, 0, 0]),
    std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]).default([1, 1, 1]),
  }),
  /** In the order of the network's numbers. */
  labels: z.array(z.string().min(1).max(80)).min(1).max(1000),
  /** What is to be done to the network's numbers. */
  activation: ModelActivation,
})
export type Manifest = z.output<typeof Manifest>

/** The card that everybody sees. `bytes`: of the network's file. */
export function cardOf(manifest: Manifest, bytes: number): ModelCard {
  const { name, version, sha256, origin, licence, intendedUse, limits, measured, input, labels } = manifest
  const { width, height, layout, channels, fit } = input
  const fitted = fit === 'crop' ? 'its middle cut out' : 'stretched'
  const scores = {
    softmax: 'shares that sum to 1',
    sigmoid: 'a share of 0 to 1 for each label by itself',
    none: 'numbers as the network gives them',
  }
  return {
    name,
    version,
    task: 'ownModel',
    sha256,
    bytes,
    origin,
    licence,
    input: `The picture as ${width} by ${height} pixels, ${fitted}; ${channels}, ${layout}`,
    output: `${labels.length} labels with a score each: ${scores[manifest.activation]}. Scores are the model's own figures, not probabilities of a disease.`,
    intendedUse,
    limits,
    measured,
  }
}
