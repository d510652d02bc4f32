import type { Proposal } from '#shared/imaging-proposal.ts'
import { toPane } from '../viewer/camera.ts'
import type { Look } from '../viewer/useLook.ts'
import classes from './proposals.module.css'
import type { Reading } from './useReading.ts'

interface ReadOverProps {
  reading: Reading
  look: Pick<Look, 'scene' | 'camera'>
}

/** Where text was found, over the picture: what is proposed stands out, and what one looks at most of all. */
export function ReadOver({ reading: { answer, pointed }, look: { scene, camera } }: ReadOverProps) {
  if (!answer) return null
  const proposed = new Set(answer.proposals.flatMap(linesOf))
  const chosen = pointed === null ? undefined : answer.proposals[pointed]
  const looked = new Set(chosen ? linesOf(chosen) : [])
  const { width, height } = scene.pane
  return (
    <svg
      className={classes.over}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden
      data-testid="read-lines"
    >
      {answer.lines.map(({ corners }, at) => (
        <polygon
          key={at}
          className={classes.line}
          data-part={looked.has(at) ? 'looked' : proposed.has(at) ? 'proposed' : 'other'}
          points={corners
            .map((corner) => toPane(scene, camera, corner))
            .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
            .join(' ')}
        />
      ))}
    </svg>
  )
}

function linesOf(proposal: Proposal): number[] {
  if (proposal.kind === 'vital') return proposal.numbers.flatMap(({ lines }) => lines)
  const { name, strength, form, dosage } = proposal
  return [name, strength, form, dosage].flatMap((part) => part?.lines ?? [])
}
