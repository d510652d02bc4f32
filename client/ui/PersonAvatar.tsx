import { useState } from 'react'
import { initials } from './initials.ts'
import classes from './PersonAvatar.module.css'

interface PersonAvatarProps {
  name: string
  src?: string | undefined
  /** Pixels. */
  size?: number
}

const tones = ['tide', 'info', 'good', 'caution'] as const

/** A person's picture or initials. Decorative: the name stands beside it as text. */
export function PersonAvatar({ name, src, size = 40 }: PersonAvatarProps) {
  const [broken, setBroken] = useState<string>()
  const letters = initials(name)
  return (
    <span
      className={classes.avatar}
      data-tone={toneOf(name)}
      // By style sheet and not as text: it must not be read, nor count as part of a button's label.
      data-initials={letters}
      style={{ width: size, height: size, fontSize: Math.round(size * (letters.length > 2 ? 0.3 : 0.38)) }}
      aria-hidden
    >
      {src !== undefined && src !== broken && (
        <img
          src={src}
          alt=""
          className={classes.picture}
          onError={() => {
            setBroken(src)
          }}
        />
      )}
    </span>
  )
}

function toneOf(name: string): (typeof tones)[number] {
  let sum = 0
  for (const character of name) sum += character.codePointAt(0) ?? 0
  return tones[sum % tones.length] ?? 'tide'
}
