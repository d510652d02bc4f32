import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import type { SnapshotId } from '#shared/ids.ts'
import { enhanceSnapshot, readEnhancement, uploadSnapshot } from '#shared/imaging.ts'
import type { Enhancement, Snapshot } from '#shared/imaging.ts'
import type { DicomExport } from '#shared/imaging-export.ts'
import { exportDicom, exportDrawings } from '#shared/imaging-export.ts'
import { addAnnotation } from '#shared/imaging-viewer.ts'
import type { AnnotationShape } from '#shared/imaging-viewer.ts'
import { aKey } from '#test/support/builders.ts'
import { aLiveVisit } from '#test/support/consults.ts'
import type { LiveVisit } from '#test/support/consults.ts'
import { dump, judge, needsDicomTools, valueIn } from '#test/support/dicom.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { startWorld } from '#test/support/world.ts'
import type { World } from '#test/support/world.ts'
import { snapshotEntity } from '../../records/picture.entity.ts'
import { uidOf } from '../dicom/uid.ts'
import { asJpeg, skin } from '../pipeline/test/specimens.ts'

const kept = { person: 'kept', purpose: 'second_opinion', enhancementId: null } as const
const removed = { person: 'removed', purpose: 'teaching', nothingIdentifies: true } as const

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`pictures that were measured and drawn on, as DICOM files on ${engine}`, function () {
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

    async function aPicture(bytes: Uint8Array): Promise<Snapshot> {
      const { requestId } = await live.doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
      const params = { consultId: live.consultId }
      return live.patient.client.call(uploadSnapshot, {
        params,
        query: { requestId, origin: 'camera' },
        bytes,
      })
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
    const dicom = ({ id }: Snapshot, body: DicomExport) =>
      live.doctor.client.bytes(exportDicom, { params: { snapshotId: id }, body })
    async function clean(bytes: Buffer, iod: string): Promise<string> {
      deepEqual(await judge(bytes), { iod, complaints: [] })
      return dump(bytes)
    }
    const draw = ({ id }: Snapshot, shape: AnnotationShape) =>
      live.doctor.client.call(addAnnotation, {
        params: { snapshotId: id },
        body: { shape, idempotencyKey: aKey() },
      })
    const drawings = ({ id }: Snapshot, enhancementId: Enhancement['id'] | null = null) =>
      live.doctor.client.bytes(exportDrawings, {
        params: { snapshotId: id },
        body: { enhancementId, purpose: 'treatment' },
      })

    it('give the size of a pixel where the picture is calibrated, and how it was calibrated', async () => {
      const picture = await aPicture(baseline)
      equal(valueIn(await dump(await dicom(picture, kept)), 'PixelSpacing'), null)
      const line = [
        { x: 0.25, y: 0.5 },
        { x: 0.75, y: 0.5 },
      ]
      await draw(picture, { kind: 'calibration', points: line, millimetres: 32.05 })
      const said = await clean(await dicom(picture, kept), 'VLPhotographicImage')
      equal(valueIn(said, 'PixelSpacing'), '0.1\\0.1')
      match(valueIn(said, 'ImageComments') ?? '', /^Pixel spacing: Line drawn by hand/)
      const { id: enhancementId } = await anEnhancement(picture.id)
      const made = await clean(await dicom(picture, { ...kept, enhancementId }), 'SCImage')
      equal(valueIn(made, 'PixelSpacing'), '0.1\\0.1')
      equal(valueIn(made, 'PixelSpacingCalibrationType'), 'FIDUCIAL')
      const nameless = await clean(await dicom(picture, { ...removed, enhancementId, areas: [] }), 'SCImage')
      equal(valueIn(nameless, 'PixelSpacing'), '0.1\\0.1')
    })

    it('give it by the marker when it was seen from above, and not at a slant', async () => {
      const marker = async (farther: number) => {
        const picture = await aPicture(baseline)
        const [left, right, top, bottom] = [260, 360, 200, 300]
        const corners = [
          [left + farther, top],
          [right - farther, top],
          [right, bottom],
          [left, bottom],
        ].map(([x = 0, y = 0]) => ({ x: x / 641, y: y / 480 }))
        const points = corners.slice(0, 2)
        await draw(picture, { kind: 'calibration', points, millimetres: 20, marker: { corners } })
        return clean(await dicom(picture, kept), 'VLPhotographicImage')
      }
      equal(valueIn(await marker(0), 'PixelSpacing'), '0.2\\0.2')
      match(valueIn(await marker(0.2), 'ImageComments') ?? '', /Printed marker.*error up to \d %/)
      equal(valueIn(await marker(8), 'PixelSpacing'), null)
    })

    it('say which part of the body it is, and which of a pair', async () => {
      const picture = await aPicture(baseline)
      const site = async (siteCode: 'upperArm' | 'scalp' | null, siteLaterality: 'left' | null) => {
        const set = { siteCode, siteLaterality }
        await world.house.db.write((tx) => tx.manager.update(snapshotEntity, { id: picture.id }, set))
        const said = await clean(await dicom(picture, kept), 'VLPhotographicImage')
        return [/\[(\d+)\] .* CodeValue/.exec(said)?.[1], valueIn(said, 'ImageLaterality')]
      }
      deepEqual(await site('upperArm', 'left'), ['40983000', 'L'])
      deepEqual(await site('scalp', null), ['41695006', 'U'])
      deepEqual(await site(null, null), ['38266002', 'U'])
    })

    it('have the drawings beside them, over the untouched pixels, without one complaint', async () => {
      const picture = await aPicture(baseline)
      const nothing = await live.doctor.client.refusal(exportDrawings, {
        params: { snapshotId: picture.id },
        body: { enhancementId: null, purpose: 'treatment' },
      })
      equal(nothing.code, 'conflict')
      const [a, b, c] = [
        { x: 0.2, y: 0.2 },
        { x: 0.7, y: 0.2 },
        { x: 0.7, y: 0.8 },
      ] as const
      await draw(picture, { kind: 'ruler', points: [a, b] })
      const uncalibrated = await clean(await drawings(picture), 'ColorSoftcopyPresentationState')
      match(uncalibrated, /\[320\.5 px\]/)
      await draw(picture, { kind: 'calibration', points: [a, b], millimetres: 32.05 })
      await draw(picture, { kind: 'text', points: [c], text: '痣 here' })
      await draw(picture, { kind: 'outline', points: [a, b, c] })
      await draw(picture, { kind: 'angle', points: [a, b, c] })
      await draw(picture, { kind: 'arrow', points: [a, c] })
      await draw(picture, { kind: 'arrow', points: [c, c] })
      const file = await drawings(picture)
      const said = await clean(file, 'ColorSoftcopyPresentationState')
      for (const words of ['32.1 mm', '痣 here', '90.0°', '= 32.05 mm'])
        ok(said.includes(`[${words}]`), words)
      match(said, new RegExp(`${uidOf(picture.id).replaceAll('.', '\\.')}\\].* ReferencedSOPInstanceUID`))
      equal(valueIn(said, 'PatientName'), 'Muster^Erika')
      ok((await drawings(picture)).equals(file), 'the same drawings are the same file')
      const { id: enhancementId } = await anEnhancement(picture.id)
      const onMade = await clean(await drawings(picture, enhancementId), 'ColorSoftcopyPresentationState')
      ok(onMade.includes(uidOf(enhancementId)))
      notEqual(valueIn(onMade, 'SOPInstanceUID'), valueIn(said, 'SOPInstanceUID'))
      equal(await live.patient.client.refusal(exportDrawings, { params: { snapshotId: picture.id }, body: { enhancementId: null, purpose: 'treatment' } }).then(({ code }) => code), 'not_found') // prettier-ignore
    })
  })
}
