import classes from './PatientContextPanel.module.css'

interface SparklineProps {
  lines: readonly (readonly { at: number; value: number }[])[]
  /** Usual range, drawn as a band. */
  band: readonly [number, number] | null
}

const width = 112
const height = 32
const margin = 3

/** The course of a value, oldest to newest. Decorative: the last value stands beside it and a table behind it. */
export function Sparkline({ lines, band }: SparklineProps) {
  const points = lines.flat()
  if (points.length < 2) return <span className={classes.spark} />
  const times = points.map((point) => point.at)
  const values = points.map((point) => point.value)
  const [from, to] = [Math.min(...times), Math.max(...times)]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const x = (at: number) => margin + ((at - from) / Math.max(1, to - from)) * (width - 2 * margin)
  const y = (value: number) => {
    const share = (value - low) / Math.max(high - low, 0.0001)
    return height - margin - Math.min(1, Math.max(0, share)) * (height - 2 * margin)
  }
  return (
    <svg className={classes.spark} viewBox={`0 0 ${width} ${height}`} aria-hidden focusable="false">
      {band && band[0] < high && band[1] > low && (
        <rect
          x={0}
          width={width}
          y={y(band[1])}
          height={Math.max(0, y(band[0]) - y(band[1]))}
          className={classes.band}
        />
      )}
      {lines.map((line, index) => {
        const last = line.at(-1)
        return (
          <g key={index}>
            <polyline
              points={line.map((point) => `${x(point.at).toFixed(1)},${y(point.value).toFixed(1)}`).join(' ')}
              className={classes.course}
            />
            {last && <circle cx={x(last.at)} cy={y(last.value)} r={2.5} className={classes.last} />}
          </g>
        )
      })}
    </svg>
  )
}
