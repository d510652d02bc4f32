import { IconArrowDown, IconArrowUp, IconX, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Step } from '#shared/imaging-recipe.ts'
import classes from './enhance.module.css'
import { SliderField } from './SliderField.tsx'
import { fieldsOf, valueOf, withValue } from './step-fields.ts'

interface StepCardProps {
  step: Step
  first: boolean
  last: boolean
  onChange: (step: Step) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

/** One step with its numbers. */
export function StepCard({ step, first, last, onChange, onMove, onRemove }: StepCardProps) {
  const { t } = useTranslation('enhance')
  const { sliders, choices } = fieldsOf(step)
  const name = t(`step.${step.op}`)
  return (
    <li className={classes.step}>
      <div className={classes.stepHead}>
        <span className={classes.name}>{name}</span>
        <Tool
          icon={IconArrowUp}
          label={t('earlier', { name })}
          disabled={first}
          onClick={() => {
            onMove(-1)
          }}
        />
        <Tool
          icon={IconArrowDown}
          label={t('later', { name })}
          disabled={last}
          onClick={() => {
            onMove(1)
          }}
        />
        <Tool icon={IconX} label={t('remove', { name })} onClick={onRemove} />
      </div>
      {step.op === 'whiteBalance' && <PatchFields step={step} onChange={onChange} />}
      {sliders.map(({ name: field, min, max, step: by }) => (
        <SliderField
          key={field}
          label={t(`field.${field}`)}
          value={Number(valueOf(step, field))}
          {...{ min, max, by }}
          onChange={(value) => {
            onChange(withValue(step, field, value))
          }}
        />
      ))}
      {choices.map(({ name: field, of }) => (
        <div key={field} className={classes.field} role="group" aria-label={t(`field.${field}`)}>
          <span className={classes.fieldName}>{t(`field.${field}`)}</span>
          <span className={classes.segments}>
            {of.map((value) => (
              <button
                key={value}
                type="button"
                className={classes.segment}
                aria-pressed={valueOf(step, field) === value}
                onClick={() => {
                  onChange(withValue(step, field, value))
                }}
              >
                {typeof value === 'number' ? value : t(`choice.${value}`)}
              </button>
            ))}
          </span>
        </div>
      ))}
    </li>
  )
}

type WhiteBalance = Extract<Step, { op: 'whiteBalance' }>

/** Where on the picture something grey or white is, from the left and from the top, in percent. */
function PatchFields({ step, onChange }: { step: WhiteBalance; onChange: (step: Step) => void }) {
  const { t } = useTranslation('enhance')
  const { patch } = step
  return (
    <>
      {(
        [
          ['left', 'width'],
          ['top', 'height'],
        ] as const
      ).map(([edge, side]) => (
        <SliderField
          key={edge}
          label={t(`field.${edge}`)}
          value={Math.round(100 * (patch[edge] + patch[side] / 2))}
          min={0}
          max={100}
          by={1}
          onChange={(percent) => {
            const from = Math.max(0, Math.min(1 - patch[side], percent / 100 - patch[side] / 2))
            onChange({ ...step, patch: { ...patch, [edge]: from } })
          }}
        />
      ))}
    </>
  )
}

interface ToolProps {
  icon: Icon
  label: string
  disabled?: boolean
  onClick: () => void
}

function Tool({ icon: ToolIcon, label, disabled = false, onClick }: ToolProps) {
  return (
    <button
      type="button"
      className={classes.tool}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <ToolIcon size={16} stroke={1.75} aria-hidden />
    </button>
  )
}
