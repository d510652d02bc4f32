import { join } from 'node:path'
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
              await page.screenshot({
                path: join(folder, `${name}.png`),
                fullPage: look.size === 'phone' && stop.long === true,
                animations: 'disabled',
                caret: 'hide',
              })
              problems.push(...(await defectsOf(page)).map((defect) => `${name}: ${defect}`))
              pictures++
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
