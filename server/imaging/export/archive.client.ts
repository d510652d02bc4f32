import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { TransferFailure } from '#shared/imaging-export.ts'

/** A DICOMweb archive. `url` is the root of its services, without `/studies`. */
export type ArchiveSettings = Readonly<{
  url: string
  login: Readonly<
    { kind: 'bearer'; token: string } | { kind: 'basic'; user: string; password: string }
  > | null
}>

/** What the archive said; it will say the same again. */
export type ArchiveAnswer =
  | { state: 'stored' }
  | { state: 'failed'; failure: Exclude<TransferFailure, 'unreachable' | 'picture'>; status: number }

/** The archive did not answer, or asks to come again. */
export class ArchiveAway extends Error {
  override readonly name = 'ArchiveAway'
}

const timeoutMs = 60_000
/** More than any archive has to say of one picture. */
const maxAnswerBytes = 1024 * 1024
const comeAgain = [408, 425, 429, 500, 502, 503, 504, 507]
/** Of its failure reasons (PS3.18 table 10.5.3-2): it has an instance of this name already. */
const duplicate = 0x0111

/**
 * Stores one DICOM file by STOW-RS (PS3.18, 10.5). Redirects are not followed: the picture goes where the clinic said.
 * @throws ArchiveAway
 */
export async function storeInArchive(
  { url, login }: ArchiveSettings,
  { bytes, instanceUid }: { bytes: Buffer; instanceUid: string },
  end: AbortSignal,
): Promise<ArchiveAnswer> {
  const boundary = `bedside-${randomUUID()}`
  const head = `--${boundary}\r\nContent-Type: application/dicom\r\nContent-Length: ${bytes.length}\r\n\r\n`
  let response: Response
  let text: string
  try {
    response = await fetch(`${url}/studies`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'Content-Type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
        Accept: 'application/dicom+json',
        ...(login ? { Authorization: authorization(login) } : {}),
      },
      body: new Uint8Array(Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])),
      signal: AbortSignal.any([end, AbortSignal.timeout(timeoutMs)]),
    })
    text = await textOf(response)
  } catch (error) {
    throw new ArchiveAway('the archive did not answer', { cause: error })
  }
  const { status, headers } = response
  if (comeAgain.includes(status)) throw new ArchiveAway(`the archive answered ${status}`)
  // A page for people, such as a proxy's login, says 200 too: nothing was stored there.
  if (status === 200 && headers.get('content-type')?.startsWith('text/html'))
    return { state: 'failed', failure: 'wrong_address', status }
  return judge(status, text, instanceUid)
}

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > maxAnswerBytes) throw new Error('the archive says too much')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function judge(status: number, text: string, instanceUid: string): ArchiveAnswer {
  const failed = (failure: Extract<ArchiveAnswer, { state: 'failed' }>['failure']) =>
    ({ state: 'failed', failure, status }) as const
  if (status === 401 || status === 403) return failed('not_allowed')
  if ([200, 202, 409].includes(status)) {
    const reason = failureReason(text, instanceUid)
    if (reason === duplicate || (reason === null && status === 200)) return { state: 'stored' }
    return failed('refused')
  }
  return failed([400, 413, 415, 422].includes(status) ? 'refused' : 'wrong_address')
}

const Value = <T extends z.ZodType>(value: T) => z.object({ Value: z.array(value) })
/** DICOM JSON (PS3.18 annex F): FailedSOPSequence with ReferencedSOPInstanceUID and FailureReason. */
const StoreAnswer = z.object({
  '00081198': Value(
    z.object({ '00081155': Value(z.string()), '00081197': Value(z.number()).optional() }),
  ).optional(),
})

/** Why the instance was not stored, 0 when the archive does not say why; null when it does not say that it was not. */
function failureReason(text: string, instanceUid: string): number | null {
  const answer = StoreAnswer.safeParse(parsed(text))
  const failed = answer.data?.['00081198']?.Value.find((item) => item['00081155'].Value[0] === instanceUid)
  return failed ? (failed['00081197']?.Value[0] ?? 0) : null
}

/** Some archives answer in XML whatever they were asked for; then only the status counts. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function authorization(login: NonNullable<ArchiveSettings['login']>): string {
  if (login.kind === 'bearer') return `Bearer ${login.token}`
  return `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`
}
