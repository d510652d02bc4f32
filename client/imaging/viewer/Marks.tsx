import type { AnnotationShape, PicturePoint } from '#shared/imaging-viewer.ts'
import { toPane, type Camera, type PanePoint, type Scene } from './camera.ts'
import classes from './Marks.module.css'
import type { Scale } from './geometry.ts'
import { placesOfLabels } from './label-places.ts'
import { useMarkWords } from './useMarkWords.ts'

export interface Mark {
  readonly key: string
  readonly shape: AnnotationShape
  readonly by: 'patient' | 'practitioner'
  /** Not yet complete, or not yet kept. */
  readonly faint?: boolean
  /** Its lines say all: no number beside it. */
  readonly wordless?: boolean
}

interface MarksProps {
  scene: Scene
  camera: Camera
  marks: readonly Mark[]
  scale: Scale | null
  /** What is being outlined: no label lies on it. */
  spared: readonly PicturePoint[]
}

/** Shapes over the picture: their lines keep their width however close one looks. */
export function Marks({ scene, camera, marks, scale, spared }: MarksProps) {
  const words = useMarkWords()
  const { width, height } = scene.pane
  const place = (point: PicturePoint) => toPane(scene, camera, point)
  const labelled = marks.map(({ shape, wordless }) => ({
    kind: shape.kind,
    points: drawnPoints(shape).map(place),
    words: wordless ? '' : words(shape, scene.picture, scale),
  }))
  const places = placesOfLabels(labelled, scene.pane, spared.map(place))
  return (
    <div className={classes.marks} aria-hidden data-testid="marks">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {marks.map(({ key, shape, by, faint }, at) => (
          <g
            key={key}
            className={classes.mark}
            data-by={by}
            data-kind={shape.kind}
            data-faint={faint || undefined}
          >
            <Lines shape={shape} points={labelled[at]?.points ?? []} />
          </g>
        ))}
      </svg>
      {marks.map(({ key, by, faint }, number) => {
        const at = places[number]
        if (!at) return null
        return (
          <span
            key={key}
            className={classes.label}
            data-by={by}
            data-faint={faint || undefined}
            style={{ left: at.x, top: at.y }}
          >
            {labelled[number]?.words}
          </span>
        )
      })}
    </div>
  )
}

/** Each line twice: dark and wide underneath, so that it can be seen on skin, snow and shadow. */
function Lines({ shape, points }: { shape: AnnotationShape; points: readonly PanePoint[] }) {
  const path = pathOf(shape, points)
  const ends = shape.kind === 'ruler' || shape.kind === 'calibration' ? points : []
  return (
    <>
      <path className={classes.halo} d={path} />
      <path className={classes.line} d={path} />
      {(shape.kind === 'text' ? points : ends).map((point, at) => (
        <circle key={at} className={classes.dot} cx={point.x} cy={point.y} r={3.5} />
      ))}
    </>
  )
}

/** A marker is shown by its square, so that one sees what was found. */
function drawnPoints(shape: AnnotationShape): readonly PicturePoint[] {
  return shape.kind === 'calibration' && shape.marker ? shape.marker.corners : shape.points
}

const headPx = 13
const tapArrowPx = 46

function pathOf(shape: AnnotationShape, points: readonly PanePoint[]): string {
  switch (shape.kind) {
    case 'arrow':
      return arrowPath(points)
    case 'outline':
      return `${lineTo(points)} Z`
    case 'text':
      return ''
    case 'calibration':
      return shape.marker ? `${lineTo(points)} Z` : `${lineTo(points)} ${crossbars(points)}`
    case 'ruler':
      return `${lineTo(points)} ${crossbars(points)}`
    case 'angle':
      return `${lineTo(points)} ${arcPath(points)}`
  }
}

function lineTo(points: readonly PanePoint[]): string {
  return points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join(' ')
}

/** A tap has no tail: it gets one, so that one sees where it points. */
function arrowPath([from, tip]: readonly PanePoint[]): string {
  if (!from || !tip) return ''
  const tapped = Math.hypot(tip.x - from.x, tip.y - from.y) < 1
  const tail = tapped ? { x: tip.x + tapArrowPx * 0.7, y: tip.y + tapArrowPx * 0.7 } : from
  const turn = Math.atan2(tip.y - tail.y, tip.x - tail.x)
  const barb = (side: number) => ({
    x: tip.x - headPx * Math.cos(turn + side),
    y: tip.y - headPx * Math.sin(turn + side),
  })
  return `${lineTo([tail, tip])} ${lineTo([barb(0.5), tip, barb(-0.5)])}`
}

function crossbars([a, b]: readonly PanePoint[]): string {
  if (!a || !b) return ''
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const [nx, ny] = [(-(b.y - a.y) / length) * 7, ((b.x - a.x) / length) * 7]
  return [a, b].map(({ x, y }) => lineTo([{ x: x + nx, y: y + ny }, { x: x - nx, y: y - ny }])).join(' ') // prettier-ignore
}

function arcPath([a, vertex, b]: readonly PanePoint[]): string {
  if (!a || !vertex || !b) return ''
  const from = Math.atan2(a.y - vertex.y, a.x - vertex.x)
  const to = Math.atan2(b.y - vertex.y, b.x - vertex.x)
  const sweep = Math.sin(to - from) > 0 ? 1 : 0
  const at = (turn: number) =>
    `${round(vertex.x + 24 * Math.cos(turn))} ${round(vertex.y + 24 * Math.sin(turn))}`
  return `M${at(from)} A24 24 0 0 ${sweep} ${at(to)}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
