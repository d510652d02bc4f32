import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { BodySite } from '#shared/imaging-site.ts'
import { figureSize, partsOf, type FigureName, type FigurePart } from './figure-parts.ts'
import { keyOfSite, useSiteWords } from './site-words.ts'
import classes from './sites.module.css'

interface BodyMapProps {
  /** By keyOfSite. */
  counts: ReadonlyMap<string, number>
  chosen: BodySite | null
  onChoose: (site: BodySite) => void
}

const figures: readonly FigureName[] = ['front', 'back', 'head']
const parts = figures.flatMap((figure) => partsOf(figure).map((part) => ({ figure, part })))
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/** The body from the front, from behind, and its head; one stop of the Tab key, and arrows from site to site. */
export function BodyMap({ counts, chosen, onChoose }: BodyMapProps) {
  const { t } = useTranslation('history')
  const buttons = useRef(new Map<number, SVGGElement>())
  const [at, setAt] = useState(() => Math.max(0, placeOf(chosen)))
  const [last, setLast] = useState(chosen)
  if (keyOfSite(last) !== keyOfSite(chosen)) {
    setLast(chosen)
    // Chosen elsewhere, such as from a list: Tab leads to it here. A site may be on the front and on the back.
    const there = placeOf(chosen)
    if (there >= 0 && keyOfSite(parts[at]?.part.site ?? null) !== keyOfSite(chosen)) setAt(there)
  }
  const keyed = (event: KeyboardEvent, index: number, { site }: FigurePart) => {
    const step = steps[event.key]
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? parts.length - 1 : step ? index + step : null
    if (event.key === 'Enter' || event.key === ' ') onChoose(site)
    else if (to !== null) buttons.current.get((to + parts.length) % parts.length)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={classes.map} role="group" aria-label={t('map.label')}>
      {figures.map((figure) => (
        <figure key={figure} className={classes.figure} data-figure={figure}>
          <svg viewBox={viewBoxes[figure]} className={classes.drawing} role="presentation">
            {parts.map(
              (entry, index) =>
                entry.figure === figure && (
                  <Part
                    key={index}
                    part={entry.part}
                    count={counts.get(keyOfSite(entry.part.site)) ?? 0}
                    chosen={keyOfSite(entry.part.site) === keyOfSite(chosen)}
                    reached={index === at}
                    hold={(element) => {
                      if (element) buttons.current.set(index, element)
                      else buttons.current.delete(index)
                    }}
                    onFocus={() => {
                      setAt(index)
                    }}
                    onChoose={() => {
                      onChoose(entry.part.site)
                    }}
                    onKeyDown={(event) => {
                      keyed(event, index, entry.part)
                    }}
                  />
                ),
            )}
          </svg>
          <figcaption className={classes.figureName}>{t(`map.${figure}`)}</figcaption>
        </figure>
      ))}
    </div>
  )
}

/** -1: it has no part of its own. */
function placeOf(site: BodySite | null): number {
  return parts.findIndex(({ part }) => keyOfSite(part.site) === keyOfSite(site))
}

interface PartProps {
  part: FigurePart
  count: number
  chosen: boolean
  reached: boolean
  hold: (element: SVGGElement | null) => void
  onFocus: () => void
  onChoose: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

function Part({ part, count, chosen, reached, hold, onFocus, onChoose, onKeyDown }: PartProps) {
  const { t } = useTranslation('history')
  const words = useSiteWords()
  const site = words(part.site)
  const name = count > 0 ? t('map.withPictures', { site, count }) : t('map.empty', { site })
  const [x, y] = part.middle
  return (
    <g
      ref={hold}
      className={classes.part}
      role="button"
      tabIndex={reached ? 0 : -1}
      aria-label={name}
      aria-pressed={chosen}
      data-filled={count > 0 || undefined}
      onFocus={onFocus}
      onClick={onChoose}
      onKeyDown={onKeyDown}
    >
      <title>{name}</title>
      <path
        d={part.path}
        {...(part.mirrored ? { transform: `translate(${figureSize.width} 0) scale(-1 1)` } : {})}
      />
      {count > 0 && (
        <>
          <circle cx={x} cy={y} r={8} className={classes.badge} />
          <text x={x} y={y} className={classes.count}>
            {count}
          </text>
        </>
      )}
    </g>
  )
}

const viewBoxes: Readonly<Record<FigureName, string>> = {
  front: `20 0 160 ${figureSize.height}`,
  back: `20 0 160 ${figureSize.height}`,
  head: '14 50 172 290',
}
