import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { OrganizationId } from './ids.ts'
import { Instant } from './time.ts'

// --- What a clinic lets the computer do -------------------------------------------------------------------------------

/**
 * What recognises, outlines, compares or classifies by itself is off until a clinic switches it on: read text for a value
 * to confirm; find faces to cover; outline from a box or a click; lay an earlier picture over a later one; guess what kind
 * of picture it is; cover sensitive pictures until somebody wants to see them; run the clinic's own model.
 */
export const RecognitionSwitch = z.enum([
  'readText',
  'findFaces',
  'outline',
  'compare',
  'pictureType',
  'sensitiveContent',
  'ownModel',
])
export type RecognitionSwitch = z.infer<typeof RecognitionSwitch>

export const SwitchSetting = z.strictObject({
  name: RecognitionSwitch,
  on: z.boolean(),
  /** The organization that decided: the one asked for, one above it, or nobody yet. */
  decidedBy: OrganizationId.nullable(),
  decidedAt: Instant.nullable(),
})
export type SwitchSetting = z.infer<typeof SwitchSetting>

const inOrganization = z.strictObject({ organizationId: OrganizationId })

/** What is on where the person works, all switches by name. */
export const readOwnSwitches = endpoint({
  method: 'GET',
  path: '/api/recognition/switches',
  reply: z.strictObject({ switches: z.record(RecognitionSwitch, z.boolean()) }),
})
/** For administrators of it. Errors: not_found. */
export const readSwitches = endpoint({
  method: 'GET',
  path: '/api/organizations/:organizationId/recognition',
  params: inOrganization,
  reply: z.strictObject({ switches: z.array(SwitchSetting) }),
})
/**
 * For the organization and all below it that have not decided for themselves; null takes its own decision back, so that the one
 * above it counts again. Replies what counts now. Errors: not_found.
 */
export const setSwitch = endpoint({
  method: 'PUT',
  path: '/api/organizations/:organizationId/recognition/:name',
  params: inOrganization.extend({ name: RecognitionSwitch }),
  body: z.strictObject({ on: z.boolean().nullable() }),
  reply: SwitchSetting,
})

// --- Who says so ------------------------------------------------------------------------------------------------------

/**
 * What is to be known of a model before it is believed (after Mitchell et al., "Model Cards for Model Reporting", 2019).
 * The file is checked against `sha256` each time it is opened.
 */
export const ModelCard = z.strictObject({
  /** Short and unique: lower case words joined by hyphens. */
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(60),
  version: z.string().min(1).max(40),
  task: RecognitionSwitch,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int(),
  /** The package and version that its weights come from, or how they were made. */
  origin: z.string().min(1).max(300),
  licence: z.string().min(1).max(80),
  input: z.string().min(1).max(300),
  output: z.string().min(1).max(300),
  intendedUse: z.string().min(1).max(600),
  limits: z.string().min(1).max(1200),
  /** What was measured, on what, with how many. */
  measured: z.string().min(1).max(1200),
})
export type ModelCard = z.infer<typeof ModelCard>

/** What a proposal says of its maker. It is never a diagnosis. */
export const ModelName = z.strictObject({ name: z.string(), version: z.string(), sha256: z.string() })
export type ModelName = z.infer<typeof ModelName>

// --- What was seen ----------------------------------------------------------------------------------------------------

const Share = z.number().min(0).max(1)

/** A rectangle in shares of the upright picture's width and height. */
export const SeenBox = z.strictObject({ x: Share, y: Share, width: Share, height: Share })
export type SeenBox = z.infer<typeof SeenBox>

/** One line of text; the corners go clockwise from where reading begins. */
export const TextLine = z.strictObject({
  text: z.string().max(400),
  confidence: Share,
  corners: z.array(z.strictObject({ x: Share, y: Share })).length(4),
})
export type TextLine = z.infer<typeof TextLine>

export const Face = z.strictObject({ box: SeenBox, score: Share })
export type Face = z.infer<typeof Face>
