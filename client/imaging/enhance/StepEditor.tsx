import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Recipe, recipeOf, type Step } from '#shared/imaging-recipe.ts'
import classes from './enhance.module.css'
import { offeredSteps } from './step-fields.ts'
import { StepCard } from './StepCard.tsx'

interface StepEditorProps {
  steps: readonly Step[]
  /** The picture is being made: nothing more can be asked for. */
  busy: boolean
  onChange: (steps: readonly Step[]) => void
  onApply: () => void
  onClose: () => void
}

/** The steps of a recipe in their order: each can be changed, moved and taken out, and others added. */
export function StepEditor({ steps, busy, onChange, onApply, onClose }: StepEditorProps) {
  const { t } = useTranslation('enhance')
  const [adding, setAdding] = useState(false)
  const allowed = Recipe.safeParse(recipeOf([...steps])).success
  return (
    <div className={classes.editor} role="group" aria-label={t('steps')}>
      <ol className={classes.steps}>
        {steps.map((step, at) => (
          // A step has no name of its own: its place is what it is known by.
          <StepCard
            key={`${at} ${step.op}`}
            step={step}
            first={at === 0}
            last={at === steps.length - 1}
            onChange={(changed) => {
              onChange(steps.with(at, changed))
            }}
            onMove={(by) => {
              onChange(steps.toSpliced(at, 1).toSpliced(at + by, 0, step))
            }}
            onRemove={() => {
              onChange(steps.toSpliced(at, 1))
            }}
          />
        ))}
      </ol>
      {steps.length === 0 && <p className={classes.why}>{t('noSteps')}</p>}
      <button
        type="button"
        className={classes.button}
        aria-expanded={adding}
        onClick={() => {
          setAdding(!adding)
        }}
      >
        <IconPlus size={18} stroke={1.75} aria-hidden />
        {t('add')}
      </button>
      {adding && (
        <div className={classes.offers} role="group" aria-label={t('add')}>
          {offeredSteps.map((step) => (
            <button
              key={step.op}
              type="button"
              className={classes.offer}
              onClick={() => {
                setAdding(false)
                onChange([...steps, step])
              }}
            >
              {t(`step.${step.op}`)}
            </button>
          ))}
        </div>
      )}
      {!allowed && (
        <p className={classes.status} role="status">
          {t('tooMuch')}
        </p>
      )}
      <div className={classes.actions}>
        <button type="button" className={classes.button} onClick={onClose}>
          {t('discard')}
        </button>
        <button
          type="button"
          className={classes.primary}
          disabled={busy || !allowed || steps.length === 0}
          onClick={onApply}
        >
          {busy ? t('making') : t('apply')}
        </button>
      </div>
    </div>
  )
}
