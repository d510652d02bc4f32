import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { SnapshotId } from '#shared/ids.ts'
import { enhanceSnapshot, readEnhancement, readSnapshotImage, uploadSnapshot } from '#shared/imaging.ts'
import type { Enhancement, Snapshot } from '#shared/imaging.ts'
import type { DicomExport } from '#shared/imaging-export.ts'
import { exportDicom, printPicture } from '#shared/imaging-export.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aLiveVisit } from '#test/support/consults.ts'
import type { LiveVisit } from '#test/support/consults.ts'
import { dump, fragmentsOf, judge, needsDicomTools, valueIn } from '#test/support/dicom.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { patientIdentifierEntity, patientNameEntity } from '../../records/patient.entity.ts'
import { uidOf } from '../dicom/uid.ts'
import {
  aPng,
  aWebp,
  exifSegment,
  fourFields,
  insertInJpeg,
  nameOf,
  asJpeg,
  pixelsOf,
  skin,
  withProfile,
} from '../pipeline/test/specimens.ts'
import { pictureExportEntity } from './picture-export.entity.ts'

const kept = { person: 'kept', purpose: 'second_opinion', enhancementId: null } as const
const removed = {
  person: 'removed',
  purpose: 'teaching',
  enhancementId: null,
  nothingIdentifies: true,
} as const
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`pictures as DICOM files on ${engine}`, function () {
    this.timeout(60_000)
    let world: World
    let live: LiveVisit
    let baseline: Buffer

    before(async function () {
      needsDicomTools(this)
      world = await startWorld({ engine, media: true })
      live = await aLiveVisit(world)
      baseline = await asJpeg(skin(641, 480), 641, 480)
    })
    after(() => world?.close())
    beforeEach(() => world.clock.advance(30_000))

    async function aPicture(bytes: Uint8Array, origin: 'camera' | 'gallery' = 'camera'): Promise<Snapshot> {
      const { requestId } = await live.doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
      const params = { consultId: live.consultId }
      return live.patient.client.call(uploadSnapshot, { params, query: { requestId, origin }, bytes })
    }
    async function anEnhancement(snapshotId: SnapshotId): Promise<Enhancement> {
      const body = { by: 'skinDetail', idempotencyKey: aKey() } as const
      const { id } = await live.doctor.client.call(enhanceSnapshot, { params: { snapshotId }, body })
      const params = { enhancementId: id }
      return waitFor('the enhancement is made', async () => {
        const enhancement = await live.doctor.client.call(readEnhancement, { params })
        return enhancement.state === 'ready' && enhancement
      }) as Promise<Enhancement>
    }
    const dicom = ({ id }: Snapshot, body: DicomExport, client = live.doctor.client) =>
      client.bytes(exportDicom, { params: { snapshotId: id }, body })
    async function clean(bytes: Buffer, iod: string): Promise<string> {
      deepEqual(await judge(bytes), { iod, complaints: [] })
      return dump(bytes)
    }
    const trail = async (outcome: string) =>
      (await world.house.audit.search({ action: 'snapshot.exported', limit: 50 })).filter(
        (row) => row.outcome === outcome,
      )

    it('hold the camera’s JPEG untouched, under the patient’s name, without one complaint', async () => {
      const picture = await aPicture(baseline)
      const original = await live.doctor.client.bytes(readSnapshotImage, {
        params: { snapshotId: picture.id, variant: 'original' },
      })
      const file = await dicom(picture, kept)
      const said = await clean(file, 'VLPhotographicImage')
      const [table, pixels, more] = await fragmentsOf(file)
      equal(table?.bytes.length, 4)
      equal(more, undefined)
      // DICOM lengths are even; a JPEG of odd length is followed by a zero.
      equal(pixels?.bytes.length, original.length + (original.length % 2))
      equal(sha256(pixels?.bytes.subarray(0, original.length) ?? Buffer.of()), sha256(original))
      const { patient } = live.visit
      equal(valueIn(said, 'PatientName'), 'Muster^Erika')
      equal(valueIn(said, 'PatientID'), patient.identifier)
      equal(valueIn(said, 'PatientBirthDate'), patient.birthDate.replaceAll('-', ''))
      equal(valueIn(said, 'PatientSex'), 'F')
      equal(valueIn(said, 'SOPInstanceUID'), uidOf(picture.id))
      equal(valueIn(said, 'Modality'), 'XC')
      equal(valueIn(said, 'TransferSyntaxUID'), '=JPEGBaseline')
      equal(valueIn(said, 'InstitutionName'), 'Riverside Hospital')
      match(valueIn(said, 'TimezoneOffsetFromUTC') ?? '', /^\+0[12]00$/)
      equal(valueIn(said, 'LossyImageCompressionMethod'), 'ISO_10918_1')
      deepEqual([valueIn(said, 'Rows'), valueIn(said, 'Columns')], ['480', '641'])
      ok((await dicom(picture, kept)).equals(file), 'the same picture is the same file')
    })

    it('are made of PNG, WebP, turned and wide-gamut pictures too', async () => {
      const turned = insertInJpeg(await asJpeg(fourFields(64, 48), 64, 48), exifSegment(6))
      for (const [name, bytes] of Object.entries({
        png: await aPng(),
        webp: await aWebp(),
        turned,
        wide: await withProfile(baseline),
      })) {
        const file = await dicom(await aPicture(bytes), kept)
        const said = await clean(file, 'VLPhotographicImage')
        equal(said.includes('ICCProfile'), name === 'wide', name)
        if (name !== 'turned') continue
        const { data, width, height } = await pixelsOf((await fragmentsOf(file))[1]?.bytes ?? Buffer.of())
        deepEqual([width, height], [48, 64])
        equal(
          nameOf(data.subarray(3 * (10 * width + 10))),
          'blue',
          'a quarter turn brings bottom left to the top',
        )
      }
    })

    it('say of an enhancement what was done and to which picture', async () => {
      const picture = await aPicture(baseline)
      const { id: enhancementId, sha256: made } = await anEnhancement(picture.id)
      const file = await dicom(picture, { ...kept, enhancementId })
      const said = await clean(file, 'SCImage')
      equal(valueIn(said, 'Modality'), 'OT')
      equal(valueIn(said, 'ImageType'), 'DERIVED\\SECONDARY')
      equal(valueIn(said, 'SOPInstanceUID'), uidOf(enhancementId))
      match(
        valueIn(said, 'DerivationDescription') ?? '',
        /not the original.*skinDetail \(clahe 1, unsharp 1\)/,
      )
      match(said, new RegExp(`${uidOf(picture.id).replaceAll('.', '\\.')}\\].* ReferencedSOPInstanceUID`))
      const [, pixels] = await fragmentsOf(file)
      const padding = pixels?.bytes.at(-1) === 0 ? 1 : 0
      equal(sha256(pixels?.bytes.subarray(0, pixels.bytes.length - padding) ?? Buffer.of()), made)
      const original = await dump(await dicom(picture, kept))
      equal(valueIn(said, 'StudyInstanceUID'), valueIn(original, 'StudyInstanceUID'))
      notEqual(valueIn(said, 'SeriesInstanceUID'), valueIn(original, 'SeriesInstanceUID'))
    })

    it('are secondary captures when nobody knows which camera took them', async () => {
      const said = await clean(await dicom(await aPicture(baseline, 'gallery'), kept), 'SCImage')
      deepEqual([valueIn(said, 'ImageType'), valueIn(said, 'ConversionType')], ['ORIGINAL\\PRIMARY', 'DI'])
    })

    it('name a Chinese patient in Chinese', async () => {
      const picture = await aPicture(baseline)
      const patientId = live.visit.patient.id
      const rename = (family: string, given: string) =>
        world.house.db.write((tx) => tx.manager.update(patientNameEntity, { patientId }, { family, given }))
      await rename('王', '小明')
      try {
        const file = await dicom(picture, kept)
        const said = await clean(file, 'VLPhotographicImage')
        equal(valueIn(said, 'SpecificCharacterSet'), 'ISO_IR 192')
        equal(valueIn(said, 'PatientName'), '=王^小明')
      } finally {
        await rename('Muster', 'Erika')
      }
    })

    it('tell nothing of the person when the person was taken out', async () => {
      const picture = await aPicture(baseline)
      const named = await dump(await dicom(picture, kept))
      const areas = [{ left: 0, top: 0, width: 0.5, height: 0.25 }]
      const file = await dicom(picture, { ...removed, areas })
      const said = await clean(file, 'VLPhotographicImage')
      const values = ['PatientName', 'PatientID', 'PatientBirthDate', 'StudyInstanceUID', 'SeriesInstanceUID']
      for (const keyword of [...values, 'SOPInstanceUID', 'StudyDate', 'StudyID', 'InstitutionName']) {
        const value = valueIn(named, keyword)
        ok(value && value.length > 3, keyword)
        ok(!said.includes(value), keyword)
        ok(!file.includes(value), keyword)
      }
      equal(valueIn(said, 'PatientIdentityRemoved'), 'YES')
      for (const code of ['113100', '113101', '113102']) ok(said.includes(`[${code}]`), code)
      equal(valueIn(said, 'StudyDate'), '19000101')
      const method = 'PS3.15 Basic Profile by Bedside\\Pixels looked at by a person\\Areas filled: 1'
      equal(valueIn(said, 'DeidentificationMethod'), method)
      const { data, width } = await pixelsOf((await fragmentsOf(file))[1]?.bytes ?? Buffer.of())
      const brightest = (x: number, y: number) =>
        Math.max(...data.subarray(3 * (y * width + x)).subarray(0, 3))
      ok(brightest(0, 0) < 8 && brightest(300, 110) < 8, 'the area is black')
      ok(brightest(400, 60) > 60 && brightest(300, 300) > 60, 'the rest is not')
    })

    it('tell nothing of the person in an enhancement either', async () => {
      const picture = await aPicture(baseline)
      const { id: enhancementId } = await anEnhancement(picture.id)
      const said = await clean(await dicom(picture, { ...removed, enhancementId, areas: [] }), 'SCImage')
      equal(valueIn(said, 'ImageType'), 'DERIVED\\SECONDARY')
      for (const id of [picture.id, enhancementId]) ok(!said.includes(uidOf(id)))
    })

    it('tell nothing of the camera’s own colours either, and look the same', async () => {
      const picture = await aPicture(await withProfile(baseline))
      const [wide, plain] = [await dicom(picture, kept), await dicom(picture, { ...removed, areas: [] })]
      ok(wide.includes('ICC_PROFILE'))
      const said = await clean(plain, 'VLPhotographicImage')
      ok(!said.includes('ICCProfile') && !plain.includes('ICC_PROFILE'))
      const [before, after] = [
        await pixelsOf(baseline),
        await pixelsOf((await fragmentsOf(plain))[1]?.bytes ?? Buffer.of()),
      ]
      const off = before.data.reduce((sum, level, at) => sum + Math.abs(level - (after.data[at] ?? 0)), 0)
      ok(off / before.data.length < 3, `${off / before.data.length} levels`)
    })

    it('keep what belongs together under new names, others for other pixels', async () => {
      const picture = await aPicture(baseline)
      const read = async (areas: { left: number; top: number; width: number; height: number }[]) => {
        const said = await dump(await dicom(picture, { ...removed, areas }))
        return (keyword: string) => valueIn(said, keyword)
      }
      const [one, same, other] = [
        await read([]),
        await read([]),
        await read([{ left: 0.2, top: 0.2, width: 0.1, height: 0.1 }]),
      ]
      for (const keyword of ['PatientID', 'StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID'])
        equal(one(keyword), same(keyword))
      equal(one('PatientID'), other('PatientID'))
      equal(one('StudyInstanceUID'), other('StudyInstanceUID'))
      notEqual(one('SOPInstanceUID'), other('SOPInstanceUID'))
      match(one('PatientID') ?? '', /^P-[0-9A-F]{12}$/)
      const { id: patientId, identifier } = live.visit.patient
      const renumber = (value: string) =>
        world.house.db.write((tx) => tx.manager.update(patientIdentifierEntity, { patientId }, { value }))
      await renumber('corrected-1')
      try {
        equal((await read([]))('PatientID'), one('PatientID'), 'a corrected record number changes nothing')
        equal(valueIn(await dump(await dicom(picture, kept)), 'PatientID'), 'corrected-1')
      } finally {
        await renumber(identifier ?? '')
      }
    })

    it('leave without their person only on the doctor’s word, and for teaching no other way', async () => {
      const { id: snapshotId } = await aPicture(baseline)
      for (const body of [
        { ...removed, areas: [], nothingIdentifies: false },
        { person: 'removed', purpose: 'teaching', enhancementId: null, areas: [] },
        { ...kept, purpose: 'teaching' },
        { ...kept, purpose: undefined },
        { ...removed, areas: [{ left: 0, top: 0, width: 2, height: 1 }] },
      ]) {
        const response = await live.doctor.client.send(exportDicom, { params: { snapshotId }, body })
        equal(response.status, 400)
      }
    })

    it('are given to doctors in care only, and every one given or refused is on record', async () => {
      const picture = await aPicture(baseline)
      const params = { snapshotId: picture.id }
      const before = (await trail('refused')).length
      const refusal = async (client: Client) =>
        (await client.refusal(exportDicom, { params, body: kept })).code
      equal(await refusal(world.stranger()), 'unauthenticated')
      equal(await refusal(live.patient.client), 'not_found')
      for (const who of ['otherDoctor', 'scheduler', 'administrator'] as const)
        equal(await refusal(await world.signIn(who)), 'not_found', who)
      equal((await trail('refused')).length, before + 1, 'of the other doctor')
      await dicom(picture, kept)
      await dicom(picture, { ...removed, areas: [] })
      const rows = await world.house.db.read((tx) =>
        tx.manager.find(pictureExportEntity, { where: params, order: { id: 'ASC' } }),
      )
      deepEqual(
        rows.map(({ form, purpose, state }) => [form, purpose, state]),
        [
          ['file', 'second_opinion', 'sent'],
          ['deidentified', 'teaching', 'sent'],
        ],
      )
      const kept_ = (await trail('success')).map(({ entityId }) => entityId)
      ok(rows.every(({ id }) => kept_.includes(id)))
    })

    it('are not made of another picture’s enhancement', async () => {
      const [one, other] = [await aPicture(baseline), await aPicture(await aPng())]
      const { id: enhancementId } = await anEnhancement(one.id)
      const params = { snapshotId: other.id }
      const problem = await live.doctor.client.refusal(exportDicom, {
        params,
        body: { ...kept, enhancementId },
      })
      equal(problem.code, 'not_found')
    })

    it('have a sheet of paper beside them, with the patient and without a phone number', async () => {
      const picture = await aPicture(baseline)
      const { id: enhancementId } = await anEnhancement(picture.id)
      const params = { snapshotId: picture.id }
      const print = (body: { enhancementId: typeof enhancementId | null }) =>
        live.doctor.client.call(printPicture, { params, body: { ...body, purpose: 'patient_copy' } })
      const sheet = await print({ enhancementId: null })
      const { displayName, birthDate, gender, identifier, phone } = live.visit.patient
      deepEqual(sheet.patient, { displayName, birthDate, gender, identifier })
      deepEqual(
        [sheet.organizationName, sheet.practitionerName, sheet.processedBy, sheet.width, sheet.height],
        ['Riverside Hospital', 'Dr. Doctor', null, 641, 480],
      )
      ok(phone && !JSON.stringify(sheet).includes(phone))
      equal((await print({ enhancementId })).processedBy, 'skinDetail')
    })

    it('tell the log no names', () => {
      const log = world.log.join('\n')
      ok(log.includes('exportDicom') || log.includes('/dicom'))
      for (const word of ['Muster', 'Erika', '王', live.visit.patient.identifier])
        ok(!log.includes(word), word)
    })
  })
}
