import {
  IconAngle,
  IconArrowUpRight,
  IconHandStop,
  IconLassoPolygon,
  IconLetterT,
  IconRuler2,
  IconRulerMeasure,
  IconWand,
  type Icon,
} from '@tabler/icons-react'
import type { AnnotationKind } from '#shared/imaging-viewer.ts'

/** What a finger on the picture does: move it, draw a shape of this kind, or show what the computer is to outline. */
export type Tool = 'hand' | AnnotationKind | 'box'
export type ViewerRole = 'patient' | 'practitioner'

interface ToolFacts {
  readonly tool: Tool
  readonly icon: Icon
  /** The key that takes it. Not m, v and c: those are the call's. */
  readonly key: string
}

const all: readonly ToolFacts[] = [
  { tool: 'hand', icon: IconHandStop, key: 'h' },
  { tool: 'arrow', icon: IconArrowUpRight, key: 'a' },
  { tool: 'outline', icon: IconLassoPolygon, key: 'o' },
  { tool: 'box', icon: IconWand, key: 'b' },
  { tool: 'text', icon: IconLetterT, key: 't' },
  { tool: 'ruler', icon: IconRuler2, key: 'r' },
  { tool: 'angle', icon: IconAngle, key: 'g' },
  { tool: 'calibration', icon: IconRulerMeasure, key: 'k' },
]

/** Patients show where it is; measuring and naming is the doctor's work. `proposes`: the computer may outline. */
export function toolsOf(role: ViewerRole, proposes: boolean): readonly ToolFacts[] {
  if (role === 'practitioner') return all.filter(({ tool }) => tool !== 'box' || proposes)
  return all.filter(({ tool }) => tool === 'hand' || tool === 'arrow')
}

export function iconOf(kind: AnnotationKind): Icon {
  return all.find(({ tool }) => tool === kind)?.icon ?? IconArrowUpRight
}
