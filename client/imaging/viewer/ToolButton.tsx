import type { Icon } from '@tabler/icons-react'
import classes from './Bars.module.css'

interface ToolButtonProps {
  icon: Icon
  label: string
  onClick: () => void
  disabled?: boolean
  /** For what stays on. */
  pressed?: boolean
  /** For what opens something. */
  expanded?: boolean
  /** The key that does the same. */
  shortcut?: string
}

/** An icon with a name. */
export function ToolButton({ icon: ToolIcon, label, onClick, disabled = false, ...state }: ToolButtonProps) {
  const { pressed, expanded, shortcut } = state
  return (
    <button
      type="button"
      className={classes.tool}
      aria-label={label}
      title={shortcut ? `${label} (${shortcut})` : label}
      // Not disabled: who pressed it with a key goes on from here.
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) onClick()
      }}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
      {...(shortcut ? { 'aria-keyshortcuts': shortcut } : {})}
    >
      <ToolIcon size={20} stroke={1.75} aria-hidden />
    </button>
  )
}
