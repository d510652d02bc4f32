import { Input, TextInput, type TextInputProps } from '@mantine/core'
import { useId, type ReactNode } from 'react'

interface FieldProps {
  label: string
  /** Help under the label, read with the control. */
  hint?: ReactNode
  error?: ReactNode
  required?: boolean
  /** Gets the ids that tie the control to its label, hint and error. */
  children: (ids: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': true | undefined
  }) => ReactNode
}

/** Label, hint and error around a control that Mantine does not wrap itself. */
export function Field({ label, hint, error, required = false, children }: FieldProps) {
  const id = useId()
  const describedBy = [hint ? `${id}-description` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <Input.Wrapper id={id} label={label} description={hint} error={error} required={required} size="md">
      {children({
        id,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
        'aria-invalid': error ? true : undefined,
      })}
    </Input.Wrapper>
  )
}

/** A calendar day by the browser's own date field; the value is `YYYY-MM-DD`, or empty. */
export function DateField(props: Omit<TextInputProps, 'type'>) {
  return <TextInput {...props} type="date" />
}
