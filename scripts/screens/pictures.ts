import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { step } from '../steps.ts'
import { lookAt, looks, type Look } from './browser.ts'
import type { DemoClinic } from './clinic.ts'
import { defectsOf } from './defects.ts'
import { Party } from './party.ts'
import type { Stop } from './stop.ts'
import type { Language } from './words.ts'

/** Each axis once; key screens are seen in every combination. */
const usualLooks: Record<Language, readonly Look[]> = {
  en: [
    { size: 'desktop', colours: 'light' },
    { size: 'phone', colours: 'dark' },
  ],
  'zh-CN': [
    { size: 'desktop', colours: 'dark' },
    { size: 'phone', colours: 'light' },
  ],
}

/** Makes the stops, once in each language. `problems` says in words what could not be reached or looks broken. */
export async function takePictures(
  clinic: DemoClinic,
  folder: string,
  stops: readonly Stop[],
  wanted: readonly Language[],
): Promise<{ pictures: number; problems: string[] }> {
  const problems: string[] = []
  let pictures = 0
  for (const language of wanted) {
    const party = await Party.gather(clinic, language)
    try {
      for (const [at, stop] of stops.entries()) {
        const number = String(at + 1).padStart(2, '0')
        try {
          await step(`${language} ${number} ${stop.name}`, async (progress) => {
            const names = stop.key ? looks : usualLooks[language]
            const page = await stop.reach(party)
            for (const [taken, look] of names.entries()) {
              await lookAt(page, look)
              const name = `${number}-${stop.name}.${language}.${look.size}.${look.colours}`
              pictures += await photograph(
                page,
                join(folder, name),
                look.size === 'phone' && stop.long === true,
              )
              problems.push(...(await defectsOf(page)).map((defect) => `${name}: ${defect}`))
              progress(taken + 1, names.length)
            }
            await lookAt(page, { size: 'desktop', colours: 'light' })
          })
        } catch (error) {
          problems.push(`${language} ${stop.name}: ${error instanceof Error ? error.message : String(error)}`)
          for (const [guest, page] of party.pages())
            await page.screenshot({
              path: join(folder, `${number}-${stop.name}.${language}.failed-${guest}.png`),
            })
        }
      }
      problems.push(...party.complaints.map((complaint) => `${language} ${complaint}`))
    } finally {
      await party.close()
    }
  }
  return { pictures, problems }
}

/** The screen as it is, and a long one once more at its end. Returns how many pictures that were. */
async function photograph(page: Page, path: string, long: boolean): Promise<number> {
  const options = { animations: 'disabled', caret: 'hide' } as const
  await page.screenshot({ path: `${path}.png`, ...options })
  if (!long) return 1
  await page.evaluate('scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" })')
  await page.screenshot({ path: `${path}.end.png`, ...options })
  await page.evaluate('scrollTo({ top: 0, behavior: "instant" })')
  return 2
}
