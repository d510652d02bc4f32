import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { unitWord } from './units.ts'

const common = (language: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../i18n/${language}/common.json`), 'utf8'))

describe('Units of measured values', () => {
  before(async () => {
    await i18next.init({
      lng: 'en',
      defaultNS: 'common',
      resources: {
        en: { common: common('en') as Record<string, string> },
        'zh-CN': { common: common('zh-CN') as Record<string, string> },
      },
    })
  })

  it('are written as people write them, not as codes', () => {
    assert.deepEqual(['mm[Hg]', 'Cel', '[degF]', '[lb_av]', 'mmol/L', '%'].map(unitWord), [
      'mmHg',
      '°C',
      '°F',
      'lb',
      'mmol/L',
      '%',
    ])
  })

  it('count beats by the minute in the words of each language', async () => {
    await i18next.changeLanguage('en')
    assert.equal(unitWord('/min'), '/min')
    await i18next.changeLanguage('zh-CN')
    assert.equal(unitWord('/min'), '次/分')
  })
})
