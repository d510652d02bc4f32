import { deepEqual, equal, ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { SnapshotId } from '#shared/ids.ts'
import { addPicture, readSnapshotImage, uploadSnapshot, type Snapshot } from '#shared/imaging.ts'
import { exportDicom } from '#shared/imaging-export.ts'
import {
  confirmReading,
  readTextOf,
  suggestAreas,
  type ConfirmedReading,
  type Proposal,
} from '#shared/imaging-proposal.ts'
import { setSwitch, type RecognitionSwitch } from '#shared/imaging-recognition.ts'
import { readPatientContext } from '#shared/records.ts'
import { aKey } from '#test/support/builders.ts'
import type { Client } from '#test/support/client.ts'
import { aLiveVisit, type LiveVisit } from '#test/support/consults.ts'
import { fragmentsOf } from '#test/support/dicom.ts'
import { startWorld, type World } from '#test/support/world.ts'
import { newId } from '../../platform/ids.ts'
import { pixelsOf } from '../pipeline/test/specimens.ts'
import { inShort } from './test/lines.ts'

/** How sure the model is, is not what this is about. */
const said = (proposal: Proposal) => inShort({ ...proposal, doubts: [] })

const specimen = (name: string) => readFileSync(new URL(`../recognition/test/${name}`, import.meta.url))

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`Values read off a picture on ${engine}`, function () {
    this.timeout(120_000)
    let world: World
    let live: LiveVisit
    let monitor: Snapshot
    let label: Snapshot

    before(async () => {
      world = await startWorld({ engine, media: true })
      live = await aLiveVisit(world)
      monitor = await aPicture('text/segments-5-blood-pressure.jpg')
      world.clock.advance(30_000)
      label = await aPicture('text/label-zh-2.jpg')
    })
    after(() => world.close())
    beforeEach(() => world.clock.advance(30_000))

    async function aPicture(name: string): Promise<Snapshot> {
      const { requestId } = await live.doctor.socket.request('snapshot:request', { idempotencyKey: aKey() })
      await live.patient.socket.request('snapshot:answer', { requestId, allowed: true })
      return live.patient.client.call(uploadSnapshot, {
        params: { consultId: live.consultId },
        query: { requestId },
        bytes: specimen(name),
      })
    }
    const turn = async (name: RecognitionSwitch, on: boolean) => {
      const administrator = await world.signIn('administrator')
      const params = { organizationId: world.clinic.id, name }
      await administrator.call(setSwitch, { params, body: { on } })
    }
    const of = (id: SnapshotId) => ({ params: { snapshotId: id } })
    const trail = async (action: string) =>
      (await world.house.audit.search({ action, limit: 50 })).map(
        ({ outcome, patientId, entityId }) => `${outcome} ${patientId === live.visit.patient.id} ${entityId}`,
      )
    const chart = () =>
      live.doctor.client.call(readPatientContext, { params: { patientId: live.visit.patient.id } })
    const confirm = (id: SnapshotId, reading: ConfirmedReading, idempotencyKey = aKey()) =>
      live.doctor.client.call(confirmReading, { ...of(id), body: { reading, idempotencyKey } })

    it('are looked for only where the clinic has switched it on', async () => {
      for (const endpoint of [readTextOf, suggestAreas]) {
        const { code, params } = await live.doctor.client.refusal(endpoint, of(monitor.id))
        deepEqual([code, params?.['reason']], ['forbidden', 'switched_off'])
      }
      await turn('readText', true)
    })

    it('are proposed with the lines that they stand in and the model that read them, and nothing is kept', async () => {
      const { lines, proposals, model } = await live.doctor.client.call(readTextOf, of(monitor.id))
      deepEqual(proposals.map(said), ['bloodPressure 128/84 mm[Hg]', 'heartRate 72 /min'])
      const [pressure] = proposals
      ok(pressure?.kind === 'vital')
      deepEqual(
        pressure.numbers.map((number) => number.lines.map((line) => lines[line]?.text)),
        [['128'], ['84']],
      )
      ok(model.name.startsWith('pp-ocr') && /^[0-9a-f]{64}$/.test(model.sha256))
      deepEqual((await chart()).vitals, [])
      ok((await trail('snapshot.text_read')).includes(`success true ${monitor.id}`))
    })

    it('are proposed from a Chinese label too', async () => {
      const { proposals } = await live.doctor.client.call(readTextOf, of(label.id))
      deepEqual(proposals.map(said), ['阿莫西林胶囊 # 0.25克 # 胶囊 # 每日3次,每次2粒'])
    })

    it('come into the chart as the doctor confirms them, once, with the picture and at its time', async () => {
      const key = aKey()
      const pressure: ConfirmedReading = {
        kind: 'vital',
        vital: 'bloodPressure',
        numbers: [129, 84],
        unit: 'mm[Hg]',
      }
      const first = await confirm(monitor.id, pressure, key)
      deepEqual(await confirm(monitor.id, pressure, key), first, 'pressed twice')
      const other = { reading: { ...pressure, numbers: [129, 94] }, idempotencyKey: key }
      const refusal = await live.doctor.client.refusal(confirmReading, { ...of(monitor.id), body: other })
      equal(refusal.code, 'conflict', 'another value is another wish')
      await confirm(monitor.id, { kind: 'vital', vital: 'bodyTemperature', numbers: [101.3], unit: '[degF]' })
      const capsules: ConfirmedReading = {
        kind: 'medication',
        name: '阿莫西林胶囊',
        strength: '0.25克',
        form: '',
        dosage: '每日3次，每次2粒',
      }
      const labelKey = aKey()
      const entered = await confirm(label.id, capsules, labelKey)
      deepEqual(await confirm(label.id, capsules, labelKey), entered)
      const body = { reading: { ...capsules, dosage: '每日2次' }, idempotencyKey: labelKey }
      equal((await live.doctor.client.refusal(confirmReading, { ...of(label.id), body })).code, 'conflict')
      const { vitals, medications } = await chart()
      deepEqual(
        vitals.map(({ series }) =>
          series.map(({ effectiveAt, value, unit, components, derivedFrom }) => [
            effectiveAt - monitor.takenAt,
            value ?? components.map((part) => part.value),
            unit ?? components[0]?.unit,
            derivedFrom === monitor.id,
          ]),
        ),
        [[[0, [129, 84], 'mm[Hg]', true]], [[0, 38.5, 'Cel', true]]],
      )
      deepEqual(
        medications.map(({ code, dosage, status, derivedFrom }) => [
          code.display,
          dosage,
          status,
          derivedFrom,
        ]),
        [['阿莫西林胶囊 0.25克', '每日3次，每次2粒', 'active', label.id]],
      )
      const added = await world.house.audit.search({ action: 'observation.added', limit: 50 })
      equal(added.filter(({ entityId }) => entityId === first.recordId).length, 1)
    })

    it('are refused to all but practitioners who treat the patient, and the refusal is on record', async () => {
      const reading: ConfirmedReading = { kind: 'vital', vital: 'heartRate', numbers: [72], unit: '/min' }
      const body = { reading, idempotencyKey: aKey() }
      const everyWay = async (client: Client, id = monitor.id) => [
        (await client.refusal(readTextOf, of(id))).code,
        (await client.refusal(suggestAreas, of(id))).code,
        (await client.refusal(confirmReading, { ...of(id), body })).code,
      ]
      const all = (code: string) => [code, code, code]
      deepEqual(await everyWay(world.stranger()), all('unauthenticated'))
      deepEqual(await everyWay(live.patient.client), all('not_found'))
      for (const who of ['otherDoctor', 'scheduler', 'administrator'] as const)
        deepEqual(await everyWay(await world.signIn(who)), all('not_found'), who)
      deepEqual(await everyWay(live.doctor.client, newId(SnapshotId, world.clock)), all('not_found'))
      equal((await chart()).vitals.length, 2)
      for (const action of ['snapshot.text_read', 'snapshot.areas_suggested'])
        ok((await trail(action)).includes(`refused true ${monitor.id}`), action)
      ok((await trail('observation.added')).some((row) => row.startsWith('refused true')))
    })

    it('that were brought along are dated by the doctor, not by the upload, and never into the future', async () => {
      const rate: ConfirmedReading = { kind: 'vital', vital: 'heartRate', numbers: [72], unit: '/min' }
      const refusal = (client: Client, id: SnapshotId, reading: ConfirmedReading) =>
        client.refusal(confirmReading, { ...of(id), body: { reading, idempotencyKey: aKey() } })
      const yesterday = world.clock.now() - 86_400_000
      const otherDoctor = await world.signIn('otherDoctor')
      for (const { client, origin } of [
        { client: live.patient.client, origin: 'gallery' },
        { client: live.doctor.client, origin: 'doctor' },
      ] as const) {
        const brought = await client.call(addPicture, {
          params: { consultId: live.consultId },
          query: { idempotencyKey: aKey() },
          bytes: specimen('text/segments-5-blood-pressure.jpg'),
        })
        equal(brought.origin, origin)
        const { code, params } = await refusal(live.doctor.client, brought.id, rate)
        deepEqual([code, params?.['reason']], ['invalid_request', 'effective_at_missing'], origin)
        const later: ConfirmedReading = { ...rate, effectiveAt: world.clock.now() + 60_000 }
        equal((await refusal(live.doctor.client, brought.id, later)).code, 'invalid_request')
        for (const reading of [rate, later])
          equal((await refusal(otherDoctor, brought.id, reading)).code, 'not_found')
        await confirm(brought.id, { ...rate, effectiveAt: yesterday })
      }
      const series = (await chart()).vitals.flatMap((vital) => vital.series)
      deepEqual(
        series.filter(({ value }) => value === 72).map(({ effectiveAt }) => effectiveAt),
        [yesterday, yesterday],
      )
    })

    it('are taken at their word only if it could be one', async () => {
      for (const reading of [
        { kind: 'vital', vital: 'bloodPressure', numbers: [120], unit: 'mm[Hg]' },
        { kind: 'vital', vital: 'heartRate', numbers: [72], unit: 'kg' },
        { kind: 'medication', name: ' ', strength: '', form: '', dosage: '' },
      ]) {
        const body = { reading, idempotencyKey: aKey() }
        equal((await live.doctor.client.send(confirmReading, { ...of(monitor.id), body })).status, 400)
      }
    })

    it('leave a de-identified export black where text and faces were found and the doctor agreed', async () => {
      await turn('findFaces', true)
      const face = await aPicture('faces/astronaut.jpg')
      for (const { id, kind } of [
        { id: face.id, kind: 'face' },
        { id: label.id, kind: 'text' },
      ] as const) {
        const { areas, models } = await live.doctor.client.call(suggestAreas, of(id))
        equal(models.length, 2)
        ok(areas.some((area) => area.kind === kind), kind) // prettier-ignore
        const file = await live.doctor.client.bytes(exportDicom, {
          ...of(id),
          body: {
            person: 'removed',
            purpose: 'teaching',
            enhancementId: null,
            nothingIdentifies: true,
            areas: areas.map(({ box }) => ({
              left: box.x,
              top: box.y,
              width: box.width,
              height: box.height,
            })),
          },
        })
        const exported = await pixelsOf((await fragmentsOf(file))[1]?.bytes ?? Buffer.of())
        const before = await pixelsOf(
          await live.doctor.client.bytes(readSnapshotImage, { params: { snapshotId: id, variant: 'original' } }), // prettier-ignore
        )
        for (const { box } of areas) {
          ok(brightest(exported, box) < 16, `a ${kind} is black in the file`)
          ok(brightest(before, box) > 60, 'and was not in the picture')
        }
      }
    })

    it('say only what models were asked that are switched on', async () => {
      await turn('readText', false)
      const { areas, models } = await live.doctor.client.call(suggestAreas, of(label.id))
      deepEqual(models.map(({ name }) => name).length, 1)
      ok(areas.every(({ kind }) => kind === 'face'))
      await turn('readText', true)
    })

    it('are told to no log', () => {
      const log = world.log.join('\n')
      ok(log.includes('/text'))
      for (const word of ['阿莫西林', '每日3次', 'mmHg', 'PULSE']) ok(!log.includes(word), word)
    })
  })
}

/** The brightest sample of the middle half of a box. */
function brightest(
  { data, width, height }: { data: Uint8Array; width: number; height: number },
  box: { x: number; y: number; width: number; height: number },
): number {
  let most = 0
  const [left, right] = [box.x + box.width / 4, box.x + (3 * box.width) / 4]
  const [top, bottom] = [box.y + box.height / 4, box.y + (3 * box.height) / 4]
  for (let y = Math.ceil(top * height); y < Math.floor(bottom * height); y++)
    for (let x = Math.ceil(left * width); x < Math.floor(right * width); x++)
      for (let channel = 0; channel < 3; channel++)
        most = Math.max(most, data[3 * (y * width + x) + channel] ?? 0)
  return most
}
