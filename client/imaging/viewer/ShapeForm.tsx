import { Button, NumberInput, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { maxLabelLength, type AnnotationShape, type PicturePoint } from '#shared/imaging-viewer.ts'
import classes from './ViewerScreen.module.css'

/** A shape that still lacks its text or its length. */
export interface OpenShape {
  readonly kind: 'text' | 'calibration'
  readonly points: readonly PicturePoint[]
}

interface ShapeFormProps {
  open: OpenShape
  onDone: (shape: AnnotationShape) => void
  onCancel: () => void
}

/** What a label says, or how long a known thing is. */
export function ShapeForm({ open, onDone, onCancel }: ShapeFormProps) {
  const { t } = useTranslation('viewer')
  const [value, setValue] = useState<string | number>('')
  const millimetres = Number(value)
  const whole =
    open.kind === 'text'
      ? String(value).trim() !== ''
      : value !== '' && millimetres >= 0.1 && millimetres <= 5000
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!whole) return
    onDone(
      open.kind === 'text'
        ? { kind: 'text', points: [...open.points], text: String(value).trim() }
        : { kind: 'calibration', points: [...open.points], millimetres },
    )
  }
  return (
    <form
      className={classes.form}
      onSubmit={submit}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onCancel()
      }}
    >
      {open.kind === 'text' ? (
        <TextInput
          label={t('form.text')}
          value={value}
          maxLength={maxLabelLength}
          autoFocus
          onChange={(event) => {
            setValue(event.currentTarget.value)
          }}
        />
      ) : (
        <NumberInput
          label={t('form.millimetres')}
          description={t('form.millimetresHint')}
          value={value}
          min={0.1}
          max={5000}
          decimalScale={1}
          suffix=" mm"
          hideControls
          inputMode="decimal"
          autoFocus
          onChange={setValue}
        />
      )}
      <div className={classes.formButtons}>
        <Button variant="default" onClick={onCancel}>
          {t('form.cancel')}
        </Button>
        <Button type="submit" disabled={!whole}>
          {t('form.done')}
        </Button>
      </div>
    </form>
  )
}
