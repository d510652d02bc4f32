import type { CSSProperties } from 'react'
import { dark, toneNames } from './palette.ts'

/** The dark colours for what is dark whatever the theme: the stage and the picture viewer. */
export const darkVariables: CSSProperties = Object.fromEntries([
  ['--paper', '#0a1114'],
  ['--surface', dark.surface],
  ['--sunken', dark.sunken],
  ['--hairline', dark.hairline],
  ['--field-line', dark.fieldLine],
  ['--ink', dark.ink],
  ['--dim', dark.dim],
  ...toneNames.flatMap((name) => [
    [`--${name}-base`, dark.tones[name].base],
    [`--${name}-on-base`, dark.tones[name].onBase],
    [`--${name}-tint`, dark.tones[name].tint],
    [`--${name}-on-tint`, dark.tones[name].onTint],
    [`--${name}-edge`, dark.tones[name].edge],
  ]),
]) as CSSProperties
