import assert from 'node:assert/strict'
import i18next from 'i18next'
import { inRow, inSentences } from './lists.ts'

describe('Words and sentences that are put together', () => {
  before(async () => {
    await i18next.init({
      lng: 'en',
      resources: { en: { common: { ok: 'OK' } }, 'zh-CN': { common: { ok: '好' } } },
    })
  })
  beforeEach(async () => {
    await i18next.changeLanguage('en')
  })

  it('have commas and spaces in English', () => {
    assert.equal(inRow(['Too dark', 'Blurred', 'Glare']), 'Too dark, Blurred, Glare')
    assert.equal(inSentences('First.', false, 'Second.'), 'First. Second.')
  })

  it('have the Chinese comma of a list, and no space between sentences, in Chinese', async () => {
    await i18next.changeLanguage('zh-CN')
    assert.equal(inRow(['太暗', '模糊', '反光']), '太暗、模糊、反光')
    assert.equal(inSentences('请开灯。', null, '请拿稳。'), '请开灯。请拿稳。')
  })
})
