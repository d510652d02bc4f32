import { Button, type ButtonProps } from '@mantine/core'
import { useEffect, type ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from './live-region.tsx'

/** What is done sooner needs no words: its result is what is heard. */
const spokenAfterMs = 500

interface SavingButtonProps
  extends
    Omit<ButtonProps, 'loading'>,
    Pick<ComponentProps<'button'>, 'type' | 'onClick' | 'autoFocus' | 'aria-label' | 'ref'> {
  /** It is at work: pressing it does nothing, and a form it belongs to is not sent again. */
  saving: boolean
  /** There is nothing for it to do now: as `disabled`, but whoever has just pressed it keeps their place. */
  rests?: boolean
}

/** Mantine's `loading` disables the button, and a browser takes the focus from what is disabled; this one keeps it. */
export function SavingButton({ saving, rests = false, onClick, ...rest }: SavingButtonProps) {
  const { t } = useTranslation()
  useEffect(() => {
    if (!saving) return
    const timer = setTimeout(() => {
      announce(t('saving'))
    }, spokenAfterMs)
    return () => {
      clearTimeout(timer)
    }
  }, [saving, t])
  const held = saving || rests
  return (
    <Button
      {...rest}
      loading={saving}
      data-disabled={rests}
      onClick={(event) => {
        if (held) event.preventDefault()
        else onClick?.(event)
      }}
      renderRoot={(root: ComponentProps<'button'>) => (
        <button
          {...root}
          disabled={rest.disabled}
          aria-busy={saving || undefined}
          aria-disabled={held || undefined}
        />
      )}
    />
  )
}
