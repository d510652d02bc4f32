import type { Proposal } from '#shared/imaging-proposal.ts'
import type { TextLine } from '#shared/imaging-recognition.ts'
import { medicinesIn } from './medicines.ts'
import { vitalsIn } from './vitals.ts'

/** More are a list, not a reading: nobody would check them. */
const mostOfEach = 12

/**
 * What lines of text propose for the chart: vitals of a device's screen, medicines of a label. Every digit and word of a
 * proposal stands in the lines; what may be wrong says why. `aspect` is the picture's width by its height.
 */
export function proposalsFrom(lines: readonly TextLine[], aspect: number): Proposal[] {
  return [...vitalsIn(lines, aspect).slice(0, mostOfEach), ...medicinesIn(lines).slice(0, mostOfEach)]
}
