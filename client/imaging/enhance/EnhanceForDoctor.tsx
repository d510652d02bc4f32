import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import type { EnhancementId } from '#shared/ids.ts'
import type { Enhancement } from '#shared/imaging.ts'
import { presets, recipeOf, type PresetName, type Recipe, type Step } from '#shared/imaging-recipe.ts'
import { formatTime } from '../../platform/time.ts'
import { announce, ErrorNotice, Notice, useInheritedFocus } from '../../ui/index.ts'
import { MarkerBalance } from '../marker/MarkerBalance.tsx'
import { BalanceByPlace } from './BalanceByPlace.tsx'
import { Choice } from './Choice.tsx'
import classes from './enhance.module.css'
import type { EnhancePanelProps } from './EnhancePanel.tsx'
import { StepEditor } from './StepEditor.tsx'
import { useEnhance, useEnhancements } from './useEnhancements.ts'
import { usePreview } from './usePreview.ts'

/** Those that help to see, in the order of how often they are wanted; `plain` and `balanced` are there anyway. */
const offered = ['brighter', 'skinDetail', 'woundEdges', 'reduceNoise', 'document', 'xray'] as const

type Props = Omit<EnhancePanelProps, 'mayEnhance'>

/** Choices by name; behind "Adjust", each step with its numbers, tried on the picture while they move. */
export function EnhanceForDoctor({ snapshot, shown, onShow, onPreview, onAskForPlace }: Props) {
  const { t } = useTranslation('enhance')
  const { data } = useEnhancements(snapshot.id)
  const enhance = useEnhance(snapshot.id)
  const preview = usePreview(snapshot, onPreview, { small: true })
  const [edited, setEdited] = useState<readonly Step[] | null>(null)
  const [awaited, setAwaited] = useState<EnhancementId | null>(null)
  // What opens the steps, and each card of a step that is moved, goes.
  const place = useInheritedFocus<HTMLElement>(edited)
  const enhancements = data?.enhancements ?? []
  const shownOne = enhancements.find(({ id }) => id === shown)
  const byPreset = new Map(enhancements.map((one) => [one.name, one]))
  const custom = enhancements.filter(({ name }) => name === 'custom')

  const settle = useEffectEvent((one: Enhancement) => {
    if (one.state === 'ready') {
      onShow(one.id)
      announce(t('ready'))
    }
    preview.show(null)
  })
  const awaitedOne = enhancements.find(({ id }) => id === awaited)
  const making = awaitedOne?.state === 'processing'
  const arrived = awaitedOne && !making ? awaitedOne : null
  useEffect(() => {
    if (arrived) settle(arrived)
  }, [arrived])

  function make(by: PresetName | Recipe, steps: readonly Step[]): void {
    preview.show(steps)
    enhance.mutate(by, {
      onSuccess: ({ id }) => {
        setAwaited(id)
      },
      onError: () => {
        setEdited(edited)
        preview.show(edited)
      },
    })
  }

  function pick(one: Enhancement | undefined, preset: PresetName | null): void {
    setAwaited(null)
    if (one?.state === 'ready') {
      preview.show(null)
      onShow(one.id)
    } else if (preset !== null) make(preset, presets[preset].steps)
  }

  function edit(steps: readonly Step[]): void {
    setEdited(steps)
    preview.show(steps)
  }

  return (
    <section ref={place} tabIndex={-1} className={classes.panel} aria-label={t('title')}>
      <ErrorNotice error={enhance.error} />
      {preview.problem && <Notice tone="caution">{t(`problem.${preview.problem}`)}</Notice>}
      {edited === null ? (
        <>
          <div className={classes.choices} role="group" aria-label={t('choices')}>
            <Choice
              name={t('automatic.name')}
              why={t('automatic.why')}
              picture={preview.thumbnails.get('balanced')}
              pressed={shown === null && !making}
              onPick={() => {
                setAwaited(null)
                preview.show(null)
                onShow(null)
              }}
            />
            {offered.map((name) => {
              const one = byPreset.get(name)
              return (
                <Choice
                  key={name}
                  name={t(`preset.${name}.name`)}
                  why={t(`preset.${name}.why`)}
                  picture={preview.thumbnails.get(name)}
                  pressed={one !== undefined && one.id === (making ? awaited : shown)}
                  status={statusOf(one)}
                  onPick={() => {
                    pick(one, name)
                  }}
                />
              )
            })}
            {custom.map((one) => (
              <Choice
                key={one.id}
                name={t('custom', { time: formatTime(one.createdAt) })}
                why={t('customWhy')}
                pressed={one.id === (making ? awaited : shown)}
                status={statusOf(one)}
                onPick={() => {
                  pick(one, null)
                }}
              />
            ))}
          </div>
          <button
            type="button"
            className={classes.button}
            onClick={() => {
              edit(shownOne?.recipe?.steps ?? presets.balanced.steps)
            }}
          >
            <IconAdjustmentsHorizontal size={18} stroke={1.75} aria-hidden />
            {t('adjust')}
          </button>
          <BalanceByPlace
            snapshot={snapshot}
            disabled={enhance.isPending || making}
            preview={preview}
            onAskForPlace={onAskForPlace}
            onStep={(step) => {
              make(recipeOf([step]), [step])
            }}
          />
          <MarkerBalance
            snapshot={snapshot}
            disabled={enhance.isPending || making}
            onStep={(step) => {
              make(recipeOf([step]), [step])
            }}
          />
        </>
      ) : (
        <StepEditor
          steps={edited}
          busy={enhance.isPending}
          onChange={edit}
          onApply={() => {
            make(recipeOf([...edited]), edited)
            setEdited(null)
          }}
          onClose={() => {
            setEdited(null)
            preview.show(null)
          }}
        />
      )}
    </section>
  )

  function statusOf(one: Enhancement | undefined): string | undefined {
    if (one?.state === 'processing') return t('making')
    return one?.state === 'failed' ? t(`failure.${one.failure ?? 'internal'}`) : undefined
  }
}
