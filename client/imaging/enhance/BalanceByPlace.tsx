import { IconColorPicker } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useRef, useState, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { Snapshot } from '#shared/imaging.ts'
import type { Area, Step } from '#shared/imaging-recipe.ts'
import { announce } from '../../ui/index.ts'
import classes from './enhance.module.css'
import type { AskForPlace } from './EnhancePanel.tsx'
import { patchAround, type JudgedPatch } from './judge-patch.ts'
import type { Previewing } from './usePreview.ts'

interface BalanceByPlaceProps {
  snapshot: Snapshot
  disabled: boolean
  preview: Previewing
  onAskForPlace: AskForPlace
  onStep: (step: Step) => void
}

type State =
  | { at: 'rest' | 'asking' }
  | { at: 'looking'; patch: Area }
  /** Null: it cannot be told. */
  | { at: 'judged'; patch: Area; judged: JudgedPatch | null }

const unusable = ['too_bright', 'too_dark', 'unknown']

/** "Tap something that should be white or grey": what is there is judged and tried before it is used. */
export function BalanceByPlace(props: BalanceByPlaceProps) {
  const { snapshot, disabled, preview, onAskForPlace, onStep } = props
  const { t } = useTranslation('enhance')
  const [state, setState] = useState<State>({ at: 'rest' })
  const withdraw = useRef<(() => void) | null>(null)
  const stop = useEffectEvent(() => {
    withdraw.current?.()
    withdraw.current = null
  })
  useEffect(
    () => () => {
      stop()
    },
    [],
  )

  const current = useRef<Area | null>(null)
  // It stands below all other choices, where what it says next would not be seen.
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    card.current?.scrollIntoView({ block: 'nearest' })
  }, [state.at])
  const rest = () => {
    current.current = null
    withdraw.current?.()
    withdraw.current = null
    preview.show(null)
    setState({ at: 'rest' })
  }
  const ask = () => {
    preview.show(null)
    setState({ at: 'asking' })
    announce(t('balance.ask'))
    withdraw.current = onAskForPlace((place) => {
      withdraw.current = null
      if (place === null) {
        setState({ at: 'rest' })
        return
      }
      const patch = patchAround(place, snapshot)
      current.current = patch
      setState({ at: 'looking', patch })
      void preview.judge(patch).then((judged) => {
        // Cancelled, or somewhere else by now.
        if (current.current !== patch) return
        const verdict = judged?.verdict ?? 'unknown'
        setState({ at: 'judged', patch, judged })
        announce(t(`balance.verdict.${verdict}`))
        if (!unusable.includes(verdict)) preview.show([stepOf(patch)])
      })
    })
  }
  if (state.at === 'rest')
    return (
      <button type="button" className={classes.button} disabled={disabled} onClick={ask}>
        <IconColorPicker size={18} stroke={1.75} aria-hidden />
        {t('balance.button')}
      </button>
    )
  const verdict = state.at === 'judged' ? (state.judged?.verdict ?? 'unknown') : null
  return (
    <div ref={card} className={classes.step} role="group" aria-label={t('balance.button')}>
      {state.at === 'asking' && (
        <>
          <p className={classes.words}>{t('balance.ask')}</p>
          <p className={classes.why}>{t('balance.keys')}</p>
        </>
      )}
      {state.at === 'looking' && <p className={classes.why}>{t('balance.looking')}</p>}
      {state.at === 'judged' && verdict !== null && (
        <div className={classes.judged}>
          {state.judged && (
            <span
              className={classes.swatch}
              style={colourOf(state.judged)}
              role="img"
              aria-label={t('balance.measured')}
            />
          )}
          <p className={classes.words} data-verdict={verdict}>
            {t(`balance.verdict.${verdict}`)}
          </p>
        </div>
      )}
      <div className={classes.actions}>
        <button type="button" className={classes.button} onClick={rest}>
          {t('balance.cancel')}
        </button>
        {state.at === 'judged' && (
          <button type="button" className={classes.button} onClick={ask}>
            {t('balance.another')}
          </button>
        )}
        {state.at === 'judged' && verdict !== null && !unusable.includes(verdict) && (
          <button
            type="button"
            className={classes.primary}
            onClick={() => {
              setState({ at: 'rest' })
              onStep(stepOf(state.patch))
            }}
          >
            {verdict === 'good' ? t('balance.use') : t('balance.useAnyway')}
          </button>
        )}
      </div>
    </div>
  )
}

function stepOf(patch: Area): Step {
  return { op: 'whiteBalance', version: 1, patch }
}

function colourOf({ red, green, blue }: JudgedPatch): CSSProperties {
  return { background: `rgb(${Math.round(red)} ${Math.round(green)} ${Math.round(blue)})` }
}
