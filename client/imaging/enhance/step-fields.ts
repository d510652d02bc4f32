import { Step } from '#shared/imaging-recipe.ts'

export type FieldName =
  | 'gamma'
  | 'alpha'
  | 'beta'
  | 'centre'
  | 'width'
  | 'clipLimit'
  | 'tiles'
  | 'sigma'
  | 'amount'
  | 'threshold'
  | 'sigmaColour'
  | 'sigmaSpace'
  | 'diameter'
  | 'size'
  | 'scale'
  | 'neighbours'
  | 'level'
  | 'kind'
  | 'offset'
  | 'neighbourhood'
  | 'operation'
  | 'shape'
  | 'cutoff'
  | 'from'
  | 'to'
  | 'order'
  | 'noise'
  | 'red'
  | 'green'
  | 'blue'

/** Words among the choices; numbers speak for themselves. */
export type ChoiceWord =
  | ThresholdKind
  | 'gaussian'
  | 'mean'
  | Extract<Step, { op: 'morphology' }>['operation' | 'shape']
  | Extract<Step, { op: 'lowPass' }>['shape']

/** A number on a slider, within what helps to see; the server takes more. */
interface Slider {
  readonly name: FieldName
  readonly min: number
  readonly max: number
  readonly step: number
}
/** One of a few. */
interface Choice {
  readonly name: FieldName
  readonly of: readonly (number | ChoiceWord)[]
}

interface Offer {
  /** As it is added. */
  readonly step: Step
  readonly sliders: readonly Slider[]
  readonly choices: readonly Choice[]
}

type ThresholdKind = Extract<Step, { op: 'otsu' }>['kind']

const slider = (name: FieldName, min: number, max: number, step: number): Slider => ({ name, min, max, step })
const shapes: Choice = { name: 'shape', of: ['gaussian', 'butterworth', 'ideal'] }
const kinds: Choice = { name: 'kind', of: ['binary', 'inverse', 'truncate', 'toZero'] }

/** The steps that a doctor may add by hand, in the order in which they are offered. */
const offers: readonly Offer[] = [
  {
    step: { op: 'gamma', version: 1, gamma: 0.8 },
    sliders: [slider('gamma', 0.3, 2.5, 0.05)],
    choices: [],
  },
  {
    step: { op: 'scaleAbs', version: 1, alpha: 1.1, beta: 0 },
    sliders: [slider('alpha', 0.2, 3, 0.05), slider('beta', -100, 100, 1)],
    choices: [],
  },
  {
    step: { op: 'window', version: 1, centre: 128, width: 200 },
    sliders: [slider('centre', 0, 255, 1), slider('width', 10, 400, 1)],
    choices: [],
  },
  {
    step: {
      op: 'whiteBalance',
      version: 1,
      patch: { left: 0.48, top: 0.48, width: 0.04, height: 0.04 },
    },
    sliders: [],
    choices: [],
  },
  {
    step: { op: 'colourGains', version: 1, red: 1, green: 1, blue: 1 },
    sliders: (['red', 'green', 'blue'] as const).map((name) => slider(name, 0.3, 3, 0.01)),
    choices: [],
  },
  {
    step: { op: 'clahe', version: 1, clipLimit: 2, tiles: 8 },
    sliders: [slider('clipLimit', 1, 6, 0.1), slider('tiles', 2, 16, 1)],
    choices: [],
  },
  {
    step: { op: 'unsharp', version: 1, sigma: 1.5, amount: 0.7, threshold: 2 },
    sliders: [slider('sigma', 0.5, 5, 0.1), slider('amount', 0, 2, 0.05), slider('threshold', 0, 32, 1)],
    choices: [],
  },
  {
    step: { op: 'bilateral', version: 1, diameter: 5, sigmaColour: 40, sigmaSpace: 2 },
    sliders: [slider('sigmaColour', 5, 150, 1), slider('sigmaSpace', 0.5, 5, 0.1)],
    choices: [{ name: 'diameter', of: [3, 5, 7, 9] }],
  },
  {
    step: { op: 'median', version: 1, size: 3 },
    sliders: [],
    choices: [{ name: 'size', of: [3, 5] }],
  },
  {
    step: { op: 'gaussian', version: 1, sigma: 1 },
    sliders: [slider('sigma', 0.3, 10, 0.1)],
    choices: [],
  },
  { step: { op: 'grey', version: 1 }, sliders: [], choices: [] },
  {
    step: { op: 'laplacian', version: 1, neighbours: 8, scale: 2 },
    sliders: [slider('scale', 0.25, 8, 0.25)],
    choices: [{ name: 'neighbours', of: [4, 8] }],
  },
  {
    step: { op: 'threshold', version: 1, level: 128, kind: 'binary' },
    sliders: [slider('level', 0, 255, 1)],
    choices: [kinds],
  },
  { step: { op: 'otsu', version: 1, kind: 'binary' }, sliders: [], choices: [kinds] },
  {
    step: { op: 'adaptiveThreshold', version: 1, neighbourhood: 'gaussian', size: 41, offset: 10 },
    sliders: [slider('size', 3, 99, 2), slider('offset', -20, 30, 1)],
    choices: [{ name: 'neighbourhood', of: ['gaussian', 'mean'] }],
  },
  {
    step: { op: 'morphology', version: 1, operation: 'close', shape: 'ellipse', size: 5 },
    sliders: [slider('size', 3, 31, 2)],
    choices: [
      { name: 'operation', of: ['erode', 'dilate', 'open', 'close', 'gradient'] },
      { name: 'shape', of: ['ellipse', 'rect', 'cross'] },
    ],
  },
  {
    step: { op: 'lowPass', version: 1, cutoff: 0.15, shape: 'gaussian', order: 2 },
    sliders: [slider('cutoff', 0.01, 0.5, 0.01), slider('order', 1, 8, 1)],
    choices: [shapes],
  },
  {
    step: { op: 'highPass', version: 1, cutoff: 0.03, shape: 'gaussian', order: 2 },
    sliders: [slider('cutoff', 0.002, 0.3, 0.002), slider('order', 1, 8, 1)],
    choices: [shapes],
  },
  {
    step: { op: 'bandPass', version: 1, from: 0.02, to: 0.15, shape: 'gaussian', order: 2 },
    sliders: [slider('from', 0.002, 0.3, 0.002), slider('to', 0.01, 0.5, 0.01), slider('order', 1, 8, 1)],
    choices: [shapes],
  },
  {
    step: { op: 'wiener', version: 1, sigma: 1.2, noise: 0.01 },
    sliders: [slider('sigma', 0.3, 5, 0.1), slider('noise', 0.001, 0.1, 0.001)],
    choices: [],
  },
]

export const offeredSteps: readonly Step[] = offers.map(({ step }) => step)

/** What can be changed of a step; nothing of one that is not offered. */
export function fieldsOf({ op }: Step): Pick<Offer, 'sliders' | 'choices'> {
  return offers.find(({ step }) => step.op === op) ?? { sliders: [], choices: [] }
}

export function valueOf(step: Step, name: string): number | string {
  const value: unknown = Reflect.get(step, name)
  if (typeof value !== 'number' && typeof value !== 'string') throw new TypeError(`${step.op} has no ${name}`)
  return value
}

/** @throws ZodError when the step cannot have that value */
export function withValue(step: Step, name: string, value: number | string): Step {
  return Step.parse({ ...step, [name]: value })
}
