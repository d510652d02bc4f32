import { Slider } from '@mantine/core'
import { useId } from 'react'
import classes from './enhance.module.css'

interface SliderFieldProps {
  label: string
  value: number
  /** What stands for the number, where it is not what people would call it. */
  said?: string
  min: number
  max: number
  by: number
  onChange: (value: number) => void
}

/** A number on a slider, with its name and what it is now. */
export function SliderField({ label, value, said, min, max, by, onChange }: SliderFieldProps) {
  const id = useId()
  return (
    <div className={classes.field}>
      <span className={classes.fieldName} id={id}>
        {label}
      </span>
      <output className={classes.value}>{said ?? Number(value.toFixed(2))}</output>
      <Slider
        className={classes.slider ?? ''}
        size="sm"
        label={null}
        aria-labelledby={id}
        thumbLabel={label}
        {...(said === undefined ? {} : { thumbProps: { 'aria-valuetext': said } })}
        {...{ value, min, max, onChange }}
        step={by}
      />
    </div>
  )
}
