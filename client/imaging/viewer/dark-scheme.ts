import { DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import type { CSSProperties } from 'react'
import { cssVariables, theme } from '../../ui/theme.ts'

const merged = mergeMantineTheme(DEFAULT_THEME, theme)
const resolved = defaultCssVariablesResolver(merged)

/** The components' dark colours, for what is dark in a light page too. Goes with `data-mantine-color-scheme="dark"`. */
export const darkScheme: CSSProperties = {
  ...resolved.dark,
  ...cssVariables(merged).dark,
  // These name colours by other variables, which were looked up where the page's own scheme holds.
  ...Object.fromEntries(
    Object.entries(resolved.variables).filter(([name]) => name.startsWith('--mantine-primary-color-')),
  ),
  colorScheme: 'dark',
}
