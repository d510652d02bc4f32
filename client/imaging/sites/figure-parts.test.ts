import assert from 'node:assert/strict'
import { bodySites, BodySiteCode } from '#shared/imaging-site.ts'
import { partsOf, type FigureName } from './figure-parts.ts'

const figures: readonly FigureName[] = ['front', 'back', 'head']

describe('the drawing of the body', () => {
  it('shows each place that has a place, on both sides where there are two', () => {
    const shown = new Set(figures.flatMap(partsOf).map(({ site }) => `${site.code} ${site.laterality ?? ''}`))
    for (const code of BodySiteCode.options.filter((one) => one !== 'other'))
      for (const side of bodySites[code].paired ? ['left', 'right'] : [''])
        if (code !== 'armpit') assert.ok(shown.has(`${code} ${side}`), `${code} ${side}`)
    for (const { site } of figures.flatMap(partsOf))
      assert.equal(site.laterality !== null, bodySites[site.code].paired, site.code)
  })

  it("has the patient's left on the right of the front, and on the left of the back", () => {
    const handOf = (figure: FigureName) =>
      partsOf(figure).find(({ site }) => site.code === 'hand' && site.laterality === 'left')?.middle[0] ?? 0
    assert.ok(handOf('front') > 100)
    assert.ok(handOf('back') < 100)
  })

  it('goes from head to toe', () => {
    for (const figure of figures) {
      const heights = partsOf(figure).map(({ middle }) => middle[1])
      assert.deepEqual(
        heights,
        heights.toSorted((a, b) => a - b),
      )
    }
  })
})
