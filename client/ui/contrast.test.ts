import assert from 'node:assert/strict'
import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core'
import { dark, light, toneNames, type Palette } from './palette.ts'
import { cssVariables, theme } from './theme.ts'

for (const [scheme, palette] of [
  ['light', light],
  ['dark', dark],
] as const) {
  describe(`The ${scheme} colours`, () => {
    for (const [what, text, ground] of textPairs(palette)) {
      it(`let everyone read ${what}`, () => {
        assert.ok(
          contrast(text, ground) >= 4.5,
          `${text} on ${ground} is ${contrast(text, ground).toFixed(2)}:1`,
        )
      })
    }

    it('let everyone see where a field begins', () => {
      assert.ok(contrast(palette.fieldLine, palette.surface) >= 3, palette.fieldLine)
    })

    it('let everyone see what has the focus', () => {
      for (const ground of [palette.paper, palette.surface, palette.sunken]) {
        assert.ok(contrast(palette.tones.tide.base, ground) >= 3, ground)
      }
    })
  })
}

describe('The theme', () => {
  it('takes its text colours from the palette that is checked here', () => {
    const variables = cssVariables(mergeMantineTheme(DEFAULT_THEME, theme))
    for (const [scheme, palette] of [
      [variables.light, light],
      [variables.dark, dark],
    ] as const) {
      assert.equal(scheme['--mantine-color-text'], palette.ink)
      assert.equal(scheme['--mantine-color-body'], palette.surface)
      assert.equal(scheme['--mantine-color-dimmed'], palette.dim)
      assert.equal(scheme['--mantine-color-placeholder'], palette.placeholder)
      for (const name of toneNames) {
        assert.equal(scheme[`--mantine-color-${name}-light`], palette.tones[name].tint)
        assert.equal(scheme[`--mantine-color-${name}-light-color`], palette.tones[name].onTint)
        assert.equal(scheme[`--mantine-color-${name}-filled`], palette.tones[name].base)
      }
    }
  })

  it('measures contrast as WCAG 2 defines it', () => {
    assert.equal(contrast('#000000', '#FFFFFF'), 21)
    assert.equal(contrast('#777777', '#FFFFFF').toFixed(2), '4.48')
  })
})

function textPairs(palette: Palette): [string, string, string][] {
  const grounds = [
    ['paper', palette.paper],
    ['a card', palette.surface],
    ['a sunken row', palette.sunken],
  ] as const
  const pairs: [string, string, string][] = []
  for (const [place, ground] of grounds) {
    pairs.push([`text on ${place}`, palette.ink, ground], [`secondary text on ${place}`, palette.dim, ground])
    for (const name of toneNames) pairs.push([`${name} words on ${place}`, palette.tones[name].base, ground])
  }
  pairs.push(['placeholders in a field', palette.placeholder, palette.surface])
  pairs.push(['text on a highlight', palette.ink, palette.apricotTint])
  for (const name of toneNames) {
    const tone = palette.tones[name]
    pairs.push(
      [`a ${name} button`, tone.onBase, tone.base],
      [`a ${name} button under the pointer`, tone.onBase, tone.hover],
    )
    pairs.push(
      [`a ${name} notice`, tone.onTint, tone.tint],
      [`a ${name} notice under the pointer`, tone.onTint, tone.tintHover],
    )
    pairs.push([`text on a ${name} notice`, palette.ink, tone.tint])
  }
  return pairs
}

function contrast(one: string, other: string): number {
  const [brighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (brighter + 0.05) / (darker + 0.05)
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
