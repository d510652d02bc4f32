import { Avatar } from '@mantine/core'

interface PersonAvatarProps {
  name: string
  src?: string | undefined
  /** Pixels. */
  size?: number
}

const tones = ['tide', 'info', 'good', 'caution'] as const

/** A person's picture or initials. Decorative: the name stands beside it as text. */
export function PersonAvatar({ name, src, size = 40 }: PersonAvatarProps) {
  return (
    <Avatar
      src={src ?? null}
      size={size}
      radius="xl"
      color={toneOf(name)}
      variant="light"
      alt=""
      aria-hidden
      data-person
    >
      {initials(name)}
    </Avatar>
  )
}

/** Two letters for alphabetic names, the last two characters for Chinese ones, as people there are used to. */
export function initials(name: string): string {
  const trimmed = name.trim()
  if (/\p{Script=Han}/u.test(trimmed)) return [...trimmed.replaceAll(/\s/gu, '')].slice(-2).join('')
  const words = trimmed.split(/\s+/u).filter((word) => !/^(dr|prof|mr|mrs|ms)\.?$/iu.test(word))
  const first = words[0]?.[0] ?? ''
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

function toneOf(name: string): (typeof tones)[number] {
  let sum = 0
  for (const character of name) sum += character.codePointAt(0) ?? 0
  return tones[sum % tones.length] ?? 'tide'
}
