import type { AnnotationKind, PicturePoint } from '#shared/imaging-viewer.ts'

/** `box`: two corners, or a tap, which are two equal ones. */
export type DraftKind = AnnotationKind | 'box'

/** A shape on its way: by dragging, by single clicks, or by the keyboard's crosshair. */
export interface Draft {
  readonly kind: DraftKind
  readonly points: readonly PicturePoint[]
  /** Where the line would go to now. */
  readonly hover: PicturePoint | null
  readonly pressed: boolean
}

/** `near`: two points are one to a finger. `moved`: it was a drag, not a click. */
export type DraftStep =
  | { readonly do: 'press'; readonly at: PicturePoint }
  | { readonly do: 'move'; readonly at: PicturePoint }
  | { readonly do: 'release'; readonly at: PicturePoint; readonly moved: boolean; readonly near: Near }
  | { readonly do: 'place'; readonly at: PicturePoint; readonly near: Near }
  | { readonly do: 'back' }

type Near = (a: PicturePoint, b: PicturePoint) => boolean
/** What is left to draw; and the points of the shape when it is complete. */
export interface Drawn {
  readonly draft: Draft
  readonly done: readonly PicturePoint[] | null
}

const needed: Readonly<Record<DraftKind, number>> = {
  arrow: 2,
  box: 2,
  ruler: 2,
  calibration: 2,
  angle: 3,
  text: 1,
  outline: Infinity,
}

export function emptyDraft(kind: DraftKind): Draft {
  return { kind, points: [], hover: null, pressed: false }
}

export function draw(draft: Draft, step: DraftStep): Drawn {
  const { kind, points, pressed } = draft
  switch (step.do) {
    case 'press':
      return going({ ...draft, points: [...points, step.at], hover: step.at, pressed: true })
    case 'move': {
      const freehand = kind === 'outline' && pressed
      return going({ ...draft, hover: step.at, points: freehand ? [...points, step.at] : points })
    }
    case 'release':
      if (!pressed) return going(draft)
      return released({ ...draft, pressed: false }, step.at, step.moved, step.near)
    case 'place': {
      const closes = kind === 'outline' && closesBy(points, step.at, step.near)
      if (closes) return finished(draft, points)
      return completed({ ...draft, points: [...points, step.at], hover: step.at })
    }
    case 'back':
      return going({ ...draft, points: points.slice(0, -1), pressed: false })
  }
}

function released(draft: Draft, at: PicturePoint, moved: boolean, near: Near): Drawn {
  const { kind, points } = draft
  if (kind === 'outline') {
    if (moved) return points.length >= 3 ? finished(draft, points) : going(emptyDraft(kind))
    const before = points.slice(0, -1)
    return closesBy(before, at, near) ? finished(draft, before) : going(draft)
  }
  if (moved)
    return completed({
      ...draft,
      points: points.length < needed[kind] ? [...points, at] : [...points.slice(0, -1), at],
    })
  // A tap is enough to say "here".
  if ((kind === 'arrow' || kind === 'box') && points.length === 1) return finished(draft, [at, at])
  return completed(draft)
}

/** Back at the beginning, or twice at the same place. */
function closesBy(points: readonly PicturePoint[], at: PicturePoint, near: Near): boolean {
  const [first, last] = [points[0], points.at(-1)]
  return (
    points.length >= 3 && first !== undefined && last !== undefined && (near(first, at) || near(last, at))
  )
}

function completed(draft: Draft): Drawn {
  const count = needed[draft.kind]
  return draft.points.length >= count ? finished(draft, draft.points.slice(0, count)) : going(draft)
}

function going(draft: Draft): Drawn {
  return { draft, done: null }
}

function finished({ kind }: Draft, points: readonly PicturePoint[]): Drawn {
  return { draft: emptyDraft(kind), done: points }
}
