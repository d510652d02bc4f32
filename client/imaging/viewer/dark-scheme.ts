import { DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import type { CSSProperties } from 'react'
import { cssVariables, theme } from '../../ui/theme.ts'

const merged = mergeMantineTheme(DEFAULT_THEME, theme)

/** The components' dark colours, for what is dark in a light page too. Goes with `data-mantine-color-scheme="dark"`. */
export const darkScheme: CSSProperties = {
  ...defaultCssVariablesResolver(merged).dark,
  ...cssVariables(merged).dark,
  colorScheme: 'dark',
}
