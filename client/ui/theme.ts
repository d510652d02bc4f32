import {
  createTheme,
  defaultVariantColorsResolver,
  parseThemeColor,
  rem,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeComponents,
} from '@mantine/core'
import { dark, light, toneNames, type Palette, type ToneName } from './palette.ts'

export const fontFamily =
  "'Inter Variable', 'PingFang SC', 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', system-ui, sans-serif"

const slate: MantineColorsTuple = [
  '#F4F3EE',
  '#ECEDE9',
  '#DFE3E1',
  '#CBD2D1',
  '#A9B4B5',
  light.fieldLine,
  light.placeholder,
  light.dim,
  '#34454D',
  light.ink,
]

const night: MantineColorsTuple = [
  dark.ink,
  '#C6D1D6',
  dark.dim,
  dark.placeholder,
  dark.hairline,
  '#1F2B31',
  dark.surface,
  dark.paper,
  '#0B1215',
  '#070C0E',
]

const shadow = `0 ${rem(1)} ${rem(2)} rgb(20 35 43 / 6%), 0 ${rem(12)} ${rem(32)} rgb(20 35 43 / 14%)`

const controlHeights: Readonly<Record<string, string>> = {
  xs: rem(30),
  sm: rem(36),
  md: rem(44),
  lg: rem(52),
  xl: rem(60),
}
const controlText: Readonly<Record<string, string>> = { xs: rem(13), sm: rem(14), md: rem(16), lg: rem(18) }

/** Mantine's theme. Import components from `@mantine/core` as usual; sizes, radius and colours come from here. */
export const theme = createTheme({
  colors: {
    gray: slate,
    dark: night,
    tide: shades('tide'),
    good: shades('good'),
    caution: shades('caution'),
    danger: shades('danger'),
    info: shades('info'),
  },
  primaryColor: 'tide',
  primaryShade: { light: 6, dark: 4 },
  white: '#FFFFFF',
  black: light.ink,
  fontFamily,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: rem(13), sm: rem(14), md: rem(16), lg: rem(18), xl: rem(22) },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.35' },
  headings: {
    fontFamily,
    fontWeight: '620',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: rem(28), lineHeight: '1.2' },
      h2: { fontSize: rem(22), lineHeight: '1.3' },
      h3: { fontSize: rem(18), lineHeight: '1.35' },
      h4: { fontSize: rem(16), lineHeight: '1.4' },
      h5: { fontSize: rem(14), lineHeight: '1.45' },
      h6: { fontSize: rem(13), lineHeight: '1.45' },
    },
  },
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
  radius: { xs: rem(4), sm: rem(6), md: rem(10), lg: rem(14), xl: rem(24) },
  defaultRadius: 'md',
  shadows: { xs: shadow, sm: shadow, md: shadow, lg: shadow, xl: shadow },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  // Filled tones carry dark text in the dark scheme, where their base is bright.
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input)
    const parsed = parseThemeColor({ color: input.color ?? input.theme.primaryColor, theme: input.theme })
    if (input.variant !== 'filled' || !isTone(parsed.color)) return resolved
    return { ...resolved, color: `var(--${parsed.color}-on-base)` }
  },
  components: components(),
})

/** Our own variables (`--ink`, `--tide-base`, ...) and Mantine's, mapped onto them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--letters': fontFamily,
    '--control': rem(44),
    '--thumb': rem(52),
    '--fast': '120ms',
    '--calm': '180ms',
  },
  light: schemeVariables(light),
  dark: schemeVariables(dark),
})

function schemeVariables(palette: Palette): Record<string, string> {
  const result: Record<string, string> = {
    '--paper': palette.paper,
    '--surface': palette.surface,
    '--sunken': palette.sunken,
    '--hairline': palette.hairline,
    '--field-line': palette.fieldLine,
    '--ink': palette.ink,
    '--dim': palette.dim,
    '--apricot': palette.apricot,
    '--apricot-tint': palette.apricotTint,
    '--mantine-color-text': palette.ink,
    '--mantine-color-bright': palette.ink,
    '--mantine-color-body': palette.surface,
    '--mantine-color-dimmed': palette.dim,
    '--mantine-color-placeholder': palette.placeholder,
    '--mantine-color-error': palette.tones.danger.base,
    '--mantine-color-success': palette.tones.good.base,
    '--mantine-color-anchor': palette.tones.tide.base,
    '--mantine-color-default': palette.surface,
    '--mantine-color-default-hover': palette.sunken,
    '--mantine-color-default-color': palette.ink,
    '--mantine-color-default-border': palette.hairline,
    '--mantine-color-disabled': palette.sunken,
    '--mantine-color-disabled-color': palette.placeholder,
    '--mantine-color-disabled-border': palette.hairline,
    '--mantine-primary-color-contrast': palette.tones.tide.onBase,
    '--mantine-color-gray-light': palette.sunken,
    '--mantine-color-gray-light-hover': palette.sunken,
    '--mantine-color-gray-light-color': palette.ink,
    '--mantine-color-gray-text': palette.dim,
  }
  for (const name of toneNames) {
    const tone = palette.tones[name]
    result[`--${name}-base`] = tone.base
    result[`--${name}-on-base`] = tone.onBase
    result[`--${name}-tint`] = tone.tint
    result[`--${name}-on-tint`] = tone.onTint
    result[`--${name}-edge`] = tone.edge
    result[`--mantine-color-${name}-text`] = tone.base
    result[`--mantine-color-${name}-filled`] = tone.base
    result[`--mantine-color-${name}-filled-hover`] = tone.hover
    result[`--mantine-color-${name}-light`] = tone.tint
    result[`--mantine-color-${name}-light-hover`] = tone.tintHover
    result[`--mantine-color-${name}-light-color`] = tone.onTint
    result[`--mantine-color-${name}-outline`] = tone.base
    result[`--mantine-color-${name}-outline-hover`] = tone.tint
    result[`--mantine-color-${name}-contrast`] = tone.onBase
  }
  return result
}

function isTone(name: string): name is ToneName {
  return (toneNames as readonly string[]).includes(name)
}

/** Mantine wants ten shades of each colour: from the tint over the dark twin to the base and beyond. */
function shades(name: ToneName): MantineColorsTuple {
  const day = light.tones[name]
  const night = dark.tones[name]
  return [
    day.tint,
    day.tintHover,
    day.edge,
    night.hover,
    night.base,
    night.base,
    day.base,
    day.hover,
    day.onTint,
    day.onTint,
  ]
}

/** By name and not by import, so that a page loads only the components it uses. */
function components(): MantineThemeComponents {
  return {
    Button: {
      defaultProps: { size: 'md' },
      vars: (_theme: unknown, { size = 'md' }: { size?: string }) => ({
        root: {
          ...(controlHeights[size] ? { '--button-height': controlHeights[size] } : {}),
          ...(controlText[size] ? { '--button-fz': controlText[size] } : {}),
        },
      }),
    },
    ActionIcon: {
      defaultProps: { variant: 'subtle', color: 'gray', size: 'md' },
      vars: (_theme: unknown, { size = 'md' }: { size?: string }) => ({
        root: controlHeights[size] ? { '--ai-size': controlHeights[size] } : {},
      }),
    },
    Input: {
      vars: (_theme: unknown, { size = 'md' }: { size?: string }) => ({
        wrapper: controlHeights[size] ? { '--input-height': controlHeights[size] } : {},
      }),
    },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md', autosize: true, minRows: 3 } },
    Select: { defaultProps: { size: 'md', allowDeselect: false } },
    Autocomplete: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md', radius: 'xs' } },
    Radio: { defaultProps: { size: 'md' } },
    Switch: { defaultProps: { size: 'md' } },
    SegmentedControl: { defaultProps: { size: 'sm' } },
    Paper: { defaultProps: { withBorder: true } },
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 550, radius: 'sm' } },
    Loader: { defaultProps: { type: 'dots', size: 'sm' } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 120 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 120 } } },
    // react-remove-scroll would add a <style> element, which our content policy refuses; global.css locks the page.
    Modal: {
      defaultProps: {
        lockScroll: false,
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.45 },
        transitionProps: { duration: 160 },
      },
    },
    Drawer: {
      defaultProps: {
        lockScroll: false,
        overlayProps: { backgroundOpacity: 0.45 },
        transitionProps: { duration: 180 },
      },
    },
    Notification: { defaultProps: { withBorder: true } },
    Tabs: { defaultProps: { keepMounted: false } },
  }
}
