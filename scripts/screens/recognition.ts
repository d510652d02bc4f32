import { readFile } from 'node:fs/promises'
import { ConsultId } from '#shared/ids.ts'
import { setSwitch } from '#shared/imaging-recognition.ts'
import { listOrganizations } from '#shared/identity.ts'
import { snapshotEntity } from '#server/records/picture.entity.ts'
import type { Party } from './party.ts'
import type { Stop } from './stop.ts'
import { dialog, enhancedOf, openPanel, tab, uncover, viewerButton, viewerOf } from './within.ts'

const monitor = new URL(
  '../../server/imaging/recognition/test/text/segments-5-blood-pressure.jpg',
  import.meta.url,
)

/** What models read, cover and guess. Begins in the consult and ends in the viewer. */
export const recognition: readonly Stop[] = [
  {
    name: 'picture-add',
    reach: async (party) => {
      const page = await party.page('doctor')
      await page.keyboard.press('Escape')
      await tab(party, page, 'pictures').click()
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: party.say('capture:own.button') }).click()
      const buffer = await readFile(monitor)
      await (await chooser).setFiles({ name: 'monitor.jpg', mimeType: 'image/jpeg', buffer })
      await dialog(page, party.say('capture:own.title')).waitFor()
      return page
    },
  },
  {
    name: 'read',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      const own = dialog(page, party.say('capture:own.title'))
      const before = await enhancedOf(party, page).count()
      await own.getByRole('button', { name: party.say('capture:own.add'), exact: true }).click()
      await own.waitFor({ state: 'detached' })
      await enhancedOf(party, page).nth(before).waitFor({ timeout: 60_000 })
      await enhancedOf(party, page).first().click()
      await uncover(party, page)
      await openPanel(party, page, 'read')
      await viewerOf(party, page)
        .getByRole('button', { name: party.say('proposals:read') })
        .click()
      await viewerOf(party, page)
        .getByRole('article', { name: party.say('proposals:vital.bloodPressure') })
        .waitFor({ timeout: 60_000 })
      return page
    },
  },
  {
    name: 'read-doubt',
    reach: async (party) => {
      const page = await party.page('doctor')
      const card = viewerOf(party, page).getByRole('article', {
        name: party.say('proposals:vital.bloodPressure'),
      })
      await card.getByLabel(party.say('proposals:systolic')).fill('12')
      await card.getByText(party.say('proposals:doubt.implausible')).waitFor()
      return page
    },
  },
  {
    name: 'export-suggested',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await viewerButton(party, page, 'export:title').click()
      const out = dialog(page, party.say('export:title'))
      await out.getByRole('radio', { name: party.say('export:person.removed') }).check()
      await out.getByRole('button', { name: party.say('export:suggest.button') }).click()
      await out.getByText(party.say('export:confirm.whySuggested')).waitFor({ timeout: 60_000 })
      return page
    },
  },
  {
    name: 'guard-list',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await page.keyboard.press('Escape')
      await dialog(page, party.say('export:title')).waitFor({ state: 'detached' })
      await viewerButton(party, page, 'imaging:viewer.close').click()
      await switchGuard(party, true)
      await takeForIntimate(party)
      await page.reload()
      await tab(party, page, 'pictures').click()
      await page.getByText(party.say('guard:cover.sensitive')).first().waitFor()
      return page
    },
  },
  {
    name: 'guard-patient',
    key: true,
    reach: async (party) => {
      const page = await party.page('patient')
      await page.getByText(party.say('guard:cover.sensitive')).first().waitFor()
      return page
    },
  },
  {
    name: 'guard-summary',
    reach: async (party) => {
      const page = await party.page('doctor')
      await tab(party, page, 'summary').click()
      await page.getByText(party.say('guard:cover.sensitive')).first().scrollIntoViewIfNeeded()
      return page
    },
  },
  {
    name: 'guard-ask',
    key: true,
    reach: async (party) => {
      const page = await party.page('doctor')
      await tab(party, page, 'pictures').click()
      await page
        .getByRole('region', { name: party.say('imaging:region') })
        .getByRole('button', { name: party.say('guard:alt', { name: '' }) })
        .first()
        .click({ position: { x: 8, y: 8 } })
      await page.getByRole('alertdialog', { name: party.say('guard:ask.sensitive.title') }).waitFor()
      return page
    },
  },
  {
    name: 'guard-shown',
    reach: async (party) => {
      const page = await party.page('doctor')
      await uncover(party, page)
      await switchGuard(party, false)
      return page
    },
  },
]

/** The guard, and the guess of what kind of picture it is; the demo begins without. */
async function switchGuard(party: Party, on: boolean): Promise<void> {
  const { organizations } = await party.ask('admin', listOrganizations)
  for (const { id: organizationId } of organizations.filter(({ parentId }) => parentId === null))
    for (const name of ['sensitiveContent', 'pictureType'] as const)
      await party.ask('admin', setSwitch, { params: { organizationId, name }, body: { on } })
}

/** The pictures of the tour are harmless: they are kept as if the guard had taken them for more. */
async function takeForIntimate(party: Party): Promise<void> {
  const { consult, db } = party.clinic.house
  const consultId = ConsultId.parse(party.fact('consult'))
  const models = [{ name: 'content', version: '1', sha256: 'a'.repeat(64) }]
  const content = { sensitive: true, sensitivity: 0.97, type: 'skin', types: [], models }
  const pictures = await db.write(async (tx) => {
    await tx.manager.update(
      snapshotEntity,
      { consultId },
      { contentJson: JSON.stringify(content), contentWanted: null },
    )
    return tx.manager.findBy(snapshotEntity, { consultId })
  })
  for (const { id } of pictures) consult.tell(consultId, 'snapshot:described', { snapshotId: id })
}
