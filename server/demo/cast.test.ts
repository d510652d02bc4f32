import assert from 'node:assert/strict'
import { doctors, patients } from './cast.ts'
import { allergies, illnesses } from './illnesses.ts'
import { storyOf } from './texts.ts'

describe('the people of the demo clinic', () => {
  it('are forty patients or more, in both languages, each with a doctor', () => {
    assert.ok(patients.length >= 40)
    assert.ok(patients.filter(({ locale }) => locale === 'zh-CN').length >= 12)
    for (const { doctor } of patients) assert.ok(doctors[doctor])
    assert.equal(new Set(patients.map(({ family, given }) => family + given)).size, patients.length)
  })

  it('take nothing that they are allergic to', () => {
    for (const patient of patients) {
      const taken = patient.illnesses.flatMap((name) => illnesses[name].drugs.map(({ atc }) => atc))
      const excluded = patient.allergies.flatMap((name): readonly string[] => allergies[name].excludes)
      for (const atc of taken)
        assert.ok(!excluded.some((family) => atc.startsWith(family)), `${patient.family} takes ${atc}`)
    }
  })

  it('have notes about their own illness, in their own language', () => {
    for (const {
      family,
      illnesses: [first],
      locale,
    } of patients) {
      const story = storyOf(first, locale)
      assert.equal(/\p{Script=Han}/u.test(story.reason), locale === 'zh-CN', family)
      assert.equal(story === storyOf(undefined, locale), first === undefined, family)
    }
  })
})
