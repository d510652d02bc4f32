/** The colours of Bedside, light and dark. `ui/contrast.test.ts` holds every text pair to at least 4.5:1. */
export interface Tone {
  /** Text, icons and filled buttons. */
  readonly base: string
  /** Filled buttons under the pointer. */
  readonly hover: string
  /** Text on a filled button. */
  readonly onBase: string
  /** Quiet background of a notice or badge. */
  readonly tint: string
  /** The tint under the pointer. */
  readonly tintHover: string
  /** Text on the tint. */
  readonly onTint: string
  /** Line around a tinted block. */
  readonly edge: string
}

export const toneNames = ['tide', 'good', 'caution', 'danger', 'info'] as const
export type ToneName = (typeof toneNames)[number]

export interface Palette {
  readonly paper: string
  readonly surface: string
  /** A step back from the paper: table heads, wells, the background of a chosen row. */
  readonly sunken: string
  readonly hairline: string
  /** Border of what can be filled in; at least 3:1 against the surface. */
  readonly fieldLine: string
  readonly ink: string
  /** Secondary text. */
  readonly dim: string
  readonly placeholder: string
  /** Highlight; never carries text of its own colour. */
  readonly apricot: string
  readonly apricotTint: string
  readonly tones: Readonly<Record<ToneName, Tone>>
}

export const light: Palette = {
  paper: '#FBFAF7',
  surface: '#FFFFFF',
  sunken: '#F4F3EE',
  hairline: '#DFE3E1',
  fieldLine: '#8A979C',
  ink: '#14232B',
  dim: '#55666E',
  placeholder: '#66767D',
  apricot: '#F2A65A',
  apricotTint: '#FDEEDD',
  tones: {
    tide: {
      base: '#0B6E6E',
      hover: '#095C5C',
      onBase: '#FFFFFF',
      tint: '#E1F0EE',
      tintHover: '#D3E8E5',
      onTint: '#0A5F5F',
      edge: '#B9D9D5',
    },
    good: {
      base: '#2E7D4F',
      hover: '#266A42',
      onBase: '#FFFFFF',
      tint: '#E4F2E9',
      tintHover: '#D6EADD',
      onTint: '#236440',
      edge: '#BBDBC7',
    },
    caution: {
      base: '#8A5A00',
      hover: '#754C00',
      onBase: '#FFFFFF',
      tint: '#FAF0DA',
      tintHover: '#F5E6C6',
      onTint: '#754C00',
      edge: '#E8D3A2',
    },
    danger: {
      base: '#B3261E',
      hover: '#981E17',
      onBase: '#FFFFFF',
      tint: '#FBE8E6',
      tintHover: '#F7DAD7',
      onTint: '#9B2019',
      edge: '#EFC1BD',
    },
    info: {
      base: '#2B5FA8',
      hover: '#234F8E',
      onBase: '#FFFFFF',
      tint: '#E5EDF8',
      tintHover: '#D8E4F4',
      onTint: '#234F8E',
      edge: '#BDD0EA',
    },
  },
}

export const dark: Palette = {
  paper: '#0F171B',
  surface: '#172126',
  sunken: '#131C21',
  hairline: '#26333A',
  fieldLine: '#5F727B',
  ink: '#E8EEF0',
  dim: '#A3B3BA',
  placeholder: '#8A9BA3',
  apricot: '#F2A65A',
  apricotTint: '#3A2A1A',
  tones: {
    tide: {
      base: '#4DB6AC',
      hover: '#6BC6BD',
      onBase: '#0B1A1A',
      tint: '#16332F',
      tintHover: '#1B3F3A',
      onTint: '#7FD0C7',
      edge: '#24504A',
    },
    good: {
      base: '#6CC58F',
      hover: '#85D1A3',
      onBase: '#0C1A12',
      tint: '#17301F',
      tintHover: '#1D3C27',
      onTint: '#8BD5A8',
      edge: '#264E34',
    },
    caution: {
      base: '#E3B25B',
      hover: '#EABF74',
      onBase: '#1D1503',
      tint: '#332811',
      tintHover: '#403216',
      onTint: '#EBC27C',
      edge: '#54431F',
    },
    danger: {
      base: '#F58E86',
      hover: '#F8A59F',
      onBase: '#260B09',
      tint: '#3A1D1B',
      tintHover: '#482422',
      onTint: '#F8A9A2',
      edge: '#5E302D',
    },
    info: {
      base: '#8AB4F0',
      hover: '#A2C3F4',
      onBase: '#08152A',
      tint: '#1A2A42',
      tintHover: '#213552',
      onTint: '#A6C6F5',
      edge: '#2C456A',
    },
  },
}
