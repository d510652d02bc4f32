// `node scripts/build-simd.ts`: compiles the fast pixel kernels from their AssemblyScript into the module that is kept in
// the tree. With --check nothing is written; it fails when the module in the tree is not what the source gives.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'
import { runScript, SetupError } from './run.ts'

const root = join(import.meta.dirname, '..')
const folder = 'server/imaging/pipeline/kernels/simd'
const built = join(root, folder, 'module.ts')
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd']

/** What module.ts must hold, made anew from the source. @throws SetupError with the compiler's complaints. */
export async function buildSimd(): Promise<string> {
  const written: Uint8Array[] = []
  const complaints: string[] = []
  const { error } = await asc.main(
    [`${folder}/assembly/index.ts`, ...options, '--baseDir', root, '--outFile', 'kernels.wasm'],
    {
      writeFile: (_name, contents) => void written.push(Buffer.from(contents)),
      stderr: { write: (text) => void complaints.push(text.toString()) },
    },
  )
  const [wasm] = written
  if (error || !wasm) throw new SetupError(`The fast kernels do not compile:\n${complaints.join('')}`)
  return asModule(wasm)
}

/** The module as it is in the tree. */
export function keptSimd(): Promise<string> {
  return readFile(built, 'utf8')
}

function asModule(wasm: Uint8Array): string {
  return [
    '// Made by scripts/build-simd.ts from assembly/. A test makes it again and compares.',
    `export const moduleBase64 =\n  '${Buffer.from(wasm).toString('base64')}'`,
    '',
  ].join('\n')
}

if (import.meta.main) {
  await runScript(async () => {
    const fresh = await buildSimd()
    if (!process.argv.includes('--check')) return writeFile(built, fresh)
    if (fresh !== (await keptSimd())) {
      throw new SetupError(
        'The fast kernels in the tree are not what their source gives: node scripts/build-simd.ts',
      )
    }
  })
}
