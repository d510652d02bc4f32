import { localStorageColorSchemeManager } from '@mantine/core'

/** Keeps the chosen colours on this device. */
export const colours = localStorageColorSchemeManager({ key: 'bedside.colours' })

/** Sets the colours before the first picture, so that a dark page never flashes white. */
export function paintColours(): void {
  const chosen = colours.get('auto')
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
}
