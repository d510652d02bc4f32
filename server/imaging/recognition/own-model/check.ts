import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ModelFault } from '#shared/imaging-models.ts'
import { ProcessFailed } from '../../processes/errors.ts'
import { sha256Of } from '../checksum.ts'
import { Manifest } from './manifest.ts'
import { ModelRefused } from './refused.ts'
import type { OwnModelFile } from './tasks.ts'

const maxModels = 20
const maxManifestBytes = 64 * 1024
const maxModelBytes = 512 * 1024 * 1024

/** Why a folder holds no network that may be run; the message says more. `manifest` is null when it cannot be read. */
export class Unusable extends Error {
  override readonly name = 'Unusable'
  readonly fault: ModelFault
  readonly manifest: Manifest | null
  readonly bytes: number

  constructor(fault: ModelFault, detail: string, manifest: Manifest | null = null, bytes = 0) {
    super(detail)
    this.fault = fault
    this.manifest = manifest
    this.bytes = bytes
  }
}

/** The folders in which networks may lie, by name; none when there is no such place. At most 20. */
export async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder)
    const kinds = await Promise.all(entries.map((name) => mayBeFolder(join(folder, name))))
    return entries
      .filter((_, at) => kinds[at])
      .toSorted()
      .slice(0, maxModels)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** What cannot be looked at, such as a link that leads nowhere, is listed: its check says what is wrong with it. */
function mayBeFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => true,
  )
}

/** Reads the manifest, compares the hash, and lets `tryOut` open and run the network. @throws Unusable */
export async function checkFolder(
  folder: string,
  name: string,
  tryOut: (file: OwnModelFile) => Promise<void>,
): Promise<OwnModelFile> {
  const manifest = await readManifest(join(folder, name, 'manifest.json'), name)
  const file = join(folder, name, 'model.onnx')
  const bytes = await sizeOf(file)
  const unusable = (fault: ModelFault, detail: string) => new Unusable(fault, detail, manifest, bytes ?? 0)
  if (bytes === null) throw unusable('no_file', 'there is no model.onnx')
  if (bytes > maxModelBytes) throw unusable('too_large', `model.onnx has ${bytes} bytes`)
  const sha256 = await sha256Of(file)
  if (sha256 !== manifest.sha256) throw unusable('wrong_hash', `the SHA-256 of model.onnx is ${sha256}`)
  const own = { file, bytes, manifest }
  await tryOut(own).catch((error: unknown) => {
    throw unusable(...faultOf(error))
  })
  return own
}

async function readManifest(file: string, name: string): Promise<Manifest> {
  const bytes = await sizeOf(file)
  if (bytes === null) throw new Unusable('no_manifest', 'there is no manifest.json')
  if (bytes > maxManifestBytes) throw new Unusable('bad_manifest', `manifest.json has ${bytes} bytes`)
  const manifest = Manifest.safeParse(parsed(await readFile(file, 'utf8')))
  if (!manifest.success) throw new Unusable('bad_manifest', z.prettifyError(manifest.error).slice(0, 600))
  if (manifest.data.name !== name)
    throw new Unusable('bad_manifest', `its name is ${manifest.data.name}, its folder's ${name}`)
  return manifest.data
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new Unusable('bad_manifest', error instanceof Error ? error.message : 'it is no JSON')
  }
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    const found = await stat(file)
    return found.isFile() ? found.size : null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function faultOf(error: unknown): [fault: ModelFault, detail: string] {
  if (error instanceof ModelRefused) return [error.code, error.message]
  if (!(error instanceof ProcessFailed)) throw error
  const { code, message } = error
  return [code === 'timed_out' || code === 'out_of_memory' ? code : 'crashed', message]
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
