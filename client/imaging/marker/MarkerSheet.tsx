import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { dictionary } from '#kernels/marker/dictionary.ts'
import { referenceMarker } from '#kernels/marker/reference.ts'
import { FocusPage, useTitle } from '../../ui/index.ts'
import classes from './MarkerSheet.module.css'

const steps = ['step1', 'step2', 'step3', 'step4', 'step5'] as const

/** A page to print: markers to cut out, a line to check the printer by, and how to use them. Says nothing of anybody. */
export function MarkerSheet() {
  const { t } = useTranslation('marker')
  useTitle(t('sheet.title'))
  return (
    <FocusPage wide>
      <article className={classes.sheet}>
        <h1 className={classes.title}>{t('sheet.title')}</h1>
        <p>{t('sheet.intro')}</p>
        <Button
          className={classes.print ?? ''}
          leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />}
          onClick={() => {
            window.print()
          }}
        >
          {t('sheet.print')}
        </Button>
        <h2 className={classes.heading}>{t('sheet.steps')}</h2>
        <ol className={classes.steps}>
          {steps.map((step) => (
            <li key={step}>{t(`sheet.${step}`)}</li>
          ))}
        </ol>
        <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('sheet.markers')}>
          <p className={classes.caption}>{t('sheet.check')}</p>
          <CheckRuler label={t('sheet.check')} />
          <p className={classes.caption}>{t('sheet.markers')}</p>
          <div className={classes.markers}>
            {Array.from({ length: 8 }, (_, i) => (
              <MarkerDrawing key={i} />
            ))}
          </div>
        </div>
      </article>
    </FocusPage>
  )
}

/** Lengths in these drawings are millimetres on paper. */
function CheckRuler({ label }: { label: string }) {
  const ticks = Array.from({ length: 101 }, (_, mm) => {
    const length = mm % 10 === 0 ? 6 : mm % 5 === 0 ? 4 : 2.5
    return `M${mm + 5} 1v${length}`
  })
  return (
    <svg
      className={classes.drawing}
      width="110mm"
      height="13mm"
      viewBox="0 0 110 13"
      role="img"
      aria-label={label}
    >
      <path d={`M5 1h100${ticks.join('')}`} fill="none" stroke="#000" strokeWidth={0.2} />
      {Array.from({ length: 11 }, (_, i) => (
        <text key={i} x={5 + 10 * i} y={11} fontSize={3.2} textAnchor="middle" fill="#000">
          {10 * i}
        </text>
      ))}
    </svg>
  )
}

/** The white border is more than one cell wide. */
const border = 5
const whole = referenceMarker.sideMillimetres + 2 * border

function MarkerDrawing() {
  return (
    <svg
      className={classes.drawing}
      width={`${whole + 2}mm`}
      height={`${whole + 2}mm`}
      viewBox={`-1 -1 ${whole + 2} ${whole + 2}`}
      aria-hidden
    >
      <rect
        width={whole}
        height={whole}
        fill="#fff"
        stroke="#777"
        strokeWidth={0.2}
        strokeDasharray="1.5 1.5"
      />
      <g shapeRendering="crispEdges">
        <rect
          x={border}
          y={border}
          width={referenceMarker.sideMillimetres}
          height={referenceMarker.sideMillimetres}
          fill="#000"
        />
        <path d={whiteCells()} fill="#fff" />
      </g>
    </svg>
  )
}

function whiteCells(): string {
  const cell = referenceMarker.sideMillimetres / 6
  const code = dictionary[referenceMarker.id] ?? 0
  return Array.from({ length: 16 }, (_, i) => i)
    .filter((i) => (code >> (15 - i)) & 1)
    .map(
      (i) =>
        `M${border + cell * (1 + (i % 4))} ${border + cell * (1 + Math.floor(i / 4))}h${cell}v${cell}h${-cell}z`,
    )
    .join('')
}
