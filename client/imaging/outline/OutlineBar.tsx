import {
  IconCheck,
  IconMinus,
  IconPlus,
  IconCircleMinus,
  IconCirclePlus,
  IconRefresh,
  IconX,
} from '@tabler/icons-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../platform/time.ts'
import { ErrorNotice } from '../../ui/index.ts'
import { addAfter, fewestPoints, remove } from './editing.ts'
import classes from './outline.module.css'
import type { OutlineWork } from './useOutlining.ts'

interface OutlineBarProps {
  work: OutlineWork
  /** Which side the next tap on the picture is for; null: none. */
  tapping: 'inside' | 'outside' | null
  onTapping: (side: 'inside' | 'outside' | null) => void
}

/** What can be done with the outline at hand: correct it, change its points, keep it or not. */
export function OutlineBar({ work, tapping, onTapping }: OutlineBarProps) {
  const { t } = useTranslation('outline')
  const { now } = work
  const bar = useRef<HTMLDivElement>(null)
  const step = now?.step
  useEffect(() => {
    // By keyboard one goes on here; from here the points are one Tab back.
    if (step === 'editing') bar.current?.focus({ preventScroll: true })
  }, [step])
  if (!now) return null
  return (
    <div
      ref={bar}
      className={classes.bar}
      data-proposing={
        now.step === 'asking' || (now.step === 'editing' && now.origin.from === 'proposal') || undefined
      }
      role="group"
      tabIndex={-1}
      aria-label={t('bar')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        if (tapping) onTapping(null)
        else work.discard()
      }}
    >
      <Words work={work} tapping={tapping} />
      <div className={classes.buttons}>
        {now.step === 'editing' && <EditButtons work={work} tapping={tapping} onTapping={onTapping} />}
        {(now.step === 'failed' || now.step === 'none') && (
          <>
            <Choice
              icon={<IconPlus size={18} aria-hidden />}
              label={t('belongs')}
              pressed={tapping === 'inside'}
              onClick={() => {
                onTapping(tapping === 'inside' ? null : 'inside')
              }}
            />
            {now.step === 'failed' && (
              <Choice icon={<IconRefresh size={18} aria-hidden />} label={t('again')} onClick={work.again} />
            )}
          </>
        )}
        <span className={classes.space} />
        <Choice
          icon={<IconX size={18} aria-hidden />}
          label={now.step === 'asking' ? t('stop') : t('discard')}
          onClick={work.discard}
        />
        {now.step === 'editing' && (
          <Choice icon={<IconCheck size={18} aria-hidden />} label={t('keep')} first onClick={work.keep} />
        )}
      </div>
    </div>
  )
}

function Words({ work: { now, keeping }, tapping }: Pick<OutlineBarProps, 'work' | 'tapping'>) {
  const { t } = useTranslation('outline')
  if (!now) return null
  if (now.step === 'failed') return <ErrorNotice error={now.error} />
  const words =
    tapping !== null
      ? t(`tap.${tapping}`)
      : now.step === 'asking'
        ? t('looking')
        : now.step === 'none'
          ? t(`none.${now.reason}`)
          : now.origin.from === 'mark'
            ? t('change')
            : t('proposed')
  const facts = now.step === 'editing' && now.origin.from === 'proposal' ? now.origin.proposal : null
  return (
    <div className={classes.words} role="status" data-busy={now.step === 'asking' || keeping || undefined}>
      <p>{words}</p>
      {facts && tapping === null && (
        <p className={classes.facts}>
          {t(facts.distinctness < 2 ? 'facts.faint' : 'facts.plain', {
            contrast: formatNumber(facts.contrast, { maximumFractionDigits: 0 }),
          })}
        </p>
      )}
    </div>
  )
}

function EditButtons({ work, tapping, onTapping }: OutlineBarProps) {
  const { t } = useTranslation('outline')
  const { now } = work
  if (now?.step !== 'editing') return null
  const { editing, origin } = now
  const { selected, points } = editing
  const side = (which: 'inside' | 'outside') => () => {
    onTapping(tapping === which ? null : which)
  }
  return (
    <>
      {origin.from === 'proposal' && (
        <>
          <Choice
            icon={<IconPlus size={18} aria-hidden />}
            label={t('belongs')}
            pressed={tapping === 'inside'}
            onClick={side('inside')}
          />
          <Choice
            icon={<IconMinus size={18} aria-hidden />}
            label={t('doesNot')}
            pressed={tapping === 'outside'}
            onClick={side('outside')}
          />
        </>
      )}
      <Choice
        icon={<IconCirclePlus size={18} aria-hidden />}
        label={t('addPoint')}
        disabled={selected === null}
        onClick={() => {
          if (selected !== null) work.change(addAfter(editing, selected))
        }}
      />
      <Choice
        icon={<IconCircleMinus size={18} aria-hidden />}
        label={t('removePoint')}
        disabled={selected === null || points.length <= fewestPoints}
        onClick={() => {
          if (selected !== null) work.change(remove(editing, selected))
        }}
      />
    </>
  )
}

interface ChoiceProps {
  icon: ReactNode
  label: string
  onClick: () => void
  pressed?: boolean
  disabled?: boolean
  /** The one that ends it well. */
  first?: boolean
}

function Choice({ icon, label, onClick, pressed, disabled = false, first = false }: ChoiceProps) {
  return (
    <button
      type="button"
      className={classes.choice}
      data-first={first || undefined}
      // Not disabled: who took a point away with a key goes on from here.
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) onClick()
      }}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
    >
      {icon}
      {label}
    </button>
  )
}
