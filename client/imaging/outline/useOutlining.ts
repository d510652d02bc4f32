import { useRef, useState } from 'react'
import type { Snapshot } from '#shared/imaging.ts'
import {
  maxOutlineTaps,
  proposeOutline,
  type NoOutline,
  type OutlineProposal,
  type OutlineSeed,
} from '#shared/imaging-outline.ts'
import type { Annotation, AnnotationShape, OutlineMethod, PicturePoint } from '#shared/imaging-viewer.ts'
import { call } from '../../platform/api.ts'
import type { Annotations } from '../viewer/useAnnotations.ts'
import { editing, type Editing } from './editing.ts'

type Found = Extract<OutlineProposal, { found: true }>
type OutlineShape = Extract<AnnotationShape, { kind: 'outline' }>

/** What is being done about one outline, between asking for it or taking it up, and keeping it. */
export type Outlining =
  | { readonly step: 'asking'; readonly seed: OutlineSeed; readonly before: readonly PicturePoint[] | null }
  | { readonly step: 'none'; readonly seed: OutlineSeed; readonly reason: NoOutline }
  | { readonly step: 'failed'; readonly seed: OutlineSeed; readonly error: unknown }
  | { readonly step: 'editing'; readonly editing: Editing; readonly origin: Origin }

export type Origin =
  | { readonly from: 'proposal'; readonly seed: OutlineSeed; readonly proposal: Found }
  | { readonly from: 'mark'; readonly annotation: Annotation; readonly shape: OutlineShape }

export interface OutlineWork {
  readonly now: Outlining | null
  /** It is on its way to the server, and stays at hand until it is there. */
  readonly keeping: boolean
  /** Whether a tap on the picture can correct it. */
  readonly takesTaps: boolean
  /** The mark that is being changed is not drawn beneath. */
  readonly replaces: Annotation['id'] | null
  /** By a box, or by two equal corners: a tap. */
  readonly ask: (a: PicturePoint, b: PicturePoint) => void
  /** Corrects a proposal: this place belongs to it, or does not. */
  readonly tap: (side: 'inside' | 'outside', at: PicturePoint) => void
  readonly again: () => void
  readonly take: (annotation: Annotation, shape: OutlineShape) => void
  readonly change: (editing: Editing) => void
  readonly keep: () => void
  readonly discard: () => void
}

interface Kept {
  readonly of: Snapshot['id']
  readonly outlining: Outlining
  readonly keeping: boolean
}

/** A box smaller than this share of the picture is a tap of a hand that shook. */
const leastBox = 0.008

export function useOutlining(snapshot: Snapshot, annotations: Annotations): OutlineWork {
  const [kept, setNow] = useState<Kept | null>(null)
  const asked = useRef(0)
  const own = kept?.of === snapshot.id ? kept : null
  const now = own?.outlining ?? null
  const keeping = own?.keeping ?? false
  const set = (outlining: Outlining | null) => {
    setNow(outlining && { of: snapshot.id, outlining, keeping: false })
  }

  const propose = (seed: OutlineSeed, before: readonly PicturePoint[] | null) => {
    const turn = ++asked.current
    set({ step: 'asking', seed, before })
    call(proposeOutline, { params: { snapshotId: snapshot.id }, body: seed }).then(
      (proposal) => {
        // Discarded, or asked again, meanwhile.
        if (turn !== asked.current) return
        set(
          proposal.found
            ? {
                step: 'editing',
                editing: editing(proposal.points),
                origin: { from: 'proposal', seed, proposal },
              }
            : { step: 'none', seed, reason: proposal.reason },
        )
      },
      (error: unknown) => {
        if (turn === asked.current) set({ step: 'failed', seed, error })
      },
    )
  }
  const end = () => {
    asked.current++
    set(null)
  }

  return {
    now,
    keeping,
    takesTaps: !keeping && seedOf(now) !== null,
    replaces: now?.step === 'editing' && now.origin.from === 'mark' ? now.origin.annotation.id : null,
    ask(a, b) {
      const [width, height] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)]
      const tapped = width < leastBox || height < leastBox
      propose(
        tapped
          ? { box: null, inside: [b], outside: [] }
          : { box: { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width, height }, inside: [], outside: [] },
        null,
      )
    },
    tap(side, at) {
      const seed = seedOf(now)
      if (!seed) return
      const before = now?.step === 'editing' ? now.editing.points : null
      propose({ ...seed, [side]: [...seed[side], at].slice(-maxOutlineTaps) }, before)
    },
    again() {
      const seed = seedOf(now)
      if (seed) propose(seed, null)
    },
    take(annotation, shape) {
      asked.current++
      set({ step: 'editing', editing: editing(shape.points), origin: { from: 'mark', annotation, shape } })
    },
    change(changed) {
      if (now?.step === 'editing' && !keeping) set({ ...now, editing: changed })
    },
    keep() {
      if (now?.step !== 'editing' || keeping) return
      const { origin } = now
      const { changed, points } = now.editing
      const by = methodOf(origin)
      const proposed = by && {
        by,
        changed: changed || (origin.from === 'mark' && origin.shape.proposed?.changed === true),
      }
      if (origin.from === 'mark' && !changed) {
        end()
        return
      }
      const shape: OutlineShape = { kind: 'outline', points: [...points], ...(proposed ? { proposed } : {}) }
      const held: Kept = { of: snapshot.id, outlining: now, keeping: true }
      const settled = (added: boolean) => {
        setNow((present) => (present !== held ? present : added ? null : { ...held, keeping: false }))
      }
      setNow(held)
      if (origin.from === 'mark' && origin.annotation.author.own)
        annotations.replace(origin.annotation, shape, settled)
      else annotations.add(shape, settled)
    },
    discard() {
      if (!keeping) end()
    },
  }
}

function methodOf(origin: Origin): OutlineMethod | null {
  return origin.from === 'proposal' ? origin.proposal.by : (origin.shape.proposed?.by ?? null)
}

function seedOf(now: Outlining | null): OutlineSeed | null {
  if (!now) return null
  if (now.step !== 'editing') return now.seed
  return now.origin.from === 'proposal' ? now.origin.seed : null
}
