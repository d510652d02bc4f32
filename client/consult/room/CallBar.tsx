import { IconChevronUp, type Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './CallBar.module.css'

interface BarButtonProps {
  icon: Icon
  /** The full words, read by assistive technology. */
  label: string
  /** The word under the icon, contained in the label. */
  word: string
  onClick: () => void
  tone?: 'plain' | 'off' | 'danger' | 'on'
  /** For buttons that open something beside the stage. */
  expanded?: boolean
  disabled?: boolean
  /** A number that waits, such as unread messages; said in words. */
  badge?: { count: number; label: string } | undefined
  /** The key that does the same. */
  shortcut?: string
}

/** A control of the call: an icon with its word. */
export function BarButton(props: BarButtonProps) {
  const { icon: ButtonIcon, label, word, onClick, tone = 'plain', badge, expanded, shortcut } = props
  const count = badge && badge.count > 0 ? badge : null
  return (
    <button
      type="button"
      className={classes.button}
      data-tone={tone}
      // Not disabled: who has just pressed it would lose their place.
      aria-disabled={props.disabled}
      onClick={() => {
        if (!props.disabled) onClick()
      }}
      aria-label={count ? `${label}, ${count.label}` : label}
      title={shortcut ? `${label} (${shortcut})` : label}
      {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
    >
      <span className={classes.icon}>
        <ButtonIcon size={22} stroke={1.75} aria-hidden />
        {count && (
          // By style sheet: as text it would count as part of the button's label.
          <span className={classes.badge} data-count={count.count} aria-hidden />
        )}
      </span>
      <span className={classes.word} aria-hidden>
        {word}
        {expanded !== undefined && (
          <IconChevronUp size={12} stroke={1.75} data-open={expanded || undefined} />
        )}
      </span>
    </button>
  )
}

/** The one bar with all controls of the call. */
export function CallBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.bar} role="group" aria-label={label}>
      {children}
    </div>
  )
}

export function BarGap() {
  return <span className={classes.gap} />
}
