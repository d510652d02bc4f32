import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dump, judge, valueIn, type Judged } from './dicom.ts'

export type Stored = { bytes: Buffer; instanceUid: string; judged: Judged; authorization: string | null }
/** What the archive does with the next request; afterwards it stores again. */
export type Mood =
  | { answers: number; type?: string; body?: string }
  | { refusesFor: number }
  | { hangsUp: true }
  | { redirectsTo: string }

/** A small DICOMweb archive: takes STOW-RS requests apart, has dciodvfy judge what came, and answers as PS3.18 says. */
export class StowArchive {
  readonly stored: Stored[] = []
  /** What was wrong with how requests were made. */
  readonly faults: string[] = []
  readonly moods: Mood[] = []
  requests = 0
  readonly #server = createServer((request, response) => {
    this.#answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => {
        if (error !== hangUp) this.faults.push(String(error))
        response.destroy()
      },
    )
  })

  static async open(): Promise<StowArchive> {
    const archive = new StowArchive()
    await new Promise<void>((resolve) => archive.#server.listen(0, '127.0.0.1', resolve))
    return archive
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/dicom-web`
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    this.requests++
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const mood = this.moods.shift()
    if (mood && 'hangsUp' in mood) throw hangUp
    if (mood && 'answers' in mood) {
      const headers: Answer['headers'] = mood.type === undefined ? {} : { 'Content-Type': mood.type }
      return { status: mood.answers, headers, body: mood.body ?? '' }
    }
    if (mood && 'redirectsTo' in mood)
      return { status: 307, headers: { Location: mood.redirectsTo }, body: '' }
    if (request.method !== 'POST' || request.url !== '/dicom-web/studies')
      return { status: 404, headers: {}, body: '' }
    const bytes = onlyPart(request.headers['content-type'] ?? '', Buffer.concat(chunks))
    const instanceUid = valueIn(await dump(bytes), 'SOPInstanceUID') ?? ''
    const classUid = valueIn(await dump(bytes), 'SOPClassUID') ?? ''
    if (mood) return answerOf(409, '00081198', instanceUid, classUid, mood.refusesFor)
    const authorization = request.headers.authorization ?? null
    this.stored.push({ bytes, instanceUid, judged: await judge(bytes), authorization })
    return answerOf(200, '00081199', instanceUid, classUid, null)
  }
}

type Answer = { status: number; headers: Record<string, string>; body: string }
const hangUp = new Error('the archive hangs up')

/** RFC 2387, strictly. @throws Error that says what is wrong with the body. */
function onlyPart(contentType: string, body: Buffer): Buffer {
  const boundary = /^multipart\/related; type="application\/dicom"; boundary=([\w-]{1,70})$/.exec(
    contentType,
  )?.[1]
  if (boundary === undefined) throw new Error(`not a STOW-RS request: ${contentType}`)
  const head = body.indexOf('\r\n\r\n')
  const headers = body.toString('latin1', 0, head).split('\r\n')
  if (headers[0] !== `--${boundary}`) throw new Error('the body does not begin with its boundary')
  if (!headers.includes('Content-Type: application/dicom')) throw new Error('the part is no DICOM file')
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  if (!body.subarray(-tail.length).equals(tail)) throw new Error('the body does not end with its boundary')
  const part = body.subarray(head + 4, -tail.length)
  if (part.toString('latin1', 128, 132) !== 'DICM') throw new Error('the part has no DICOM preamble')
  return part
}

function answerOf(
  status: number,
  sequence: string,
  instanceUid: string,
  classUid: string,
  reason: number | null,
): Answer {
  const item = {
    '00081150': { vr: 'UI', Value: [classUid] },
    '00081155': { vr: 'UI', Value: [instanceUid] },
    ...(reason === null ? {} : { '00081197': { vr: 'US', Value: [reason] } }),
  }
  const body = JSON.stringify({ [sequence]: { vr: 'SQ', Value: [item] } })
  return { status, headers: { 'Content-Type': 'application/dicom+json' }, body }
}
