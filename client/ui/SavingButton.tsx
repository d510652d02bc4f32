import { Button, type ButtonProps } from '@mantine/core'
import type { ComponentProps } from 'react'

interface SavingButtonProps
  extends
    Omit<ButtonProps, 'loading'>,
    Pick<ComponentProps<'button'>, 'type' | 'onClick' | 'autoFocus' | 'aria-label' | 'ref'> {
  /** It is at work: pressing it does nothing, and a form it belongs to is not sent again. */
  saving: boolean
}

/** Mantine's `loading` disables the button, and a browser takes the focus from what is disabled; this one keeps it. */
export function SavingButton({ saving, onClick, ...rest }: SavingButtonProps) {
  return (
    <Button
      {...rest}
      loading={saving}
      onClick={(event) => {
        if (saving) event.preventDefault()
        else onClick?.(event)
      }}
      renderRoot={(root: ComponentProps<'button'>) => (
        <button
          {...root}
          disabled={rest.disabled}
          aria-busy={saving || undefined}
          aria-disabled={saving || undefined}
        />
      )}
    />
  )
}
