import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { endianness } from 'node:os'
import { dirname, join } from 'node:path'
import { mustRun } from '../run.ts'
import { step } from '../steps.ts'
import { ensurePackages, workerPackages } from '../system-packages.ts'
import { ninjaFile, ninjaProgress, workerSources } from './ninja.ts'
import { patchDtlsTransport } from './patch.ts'

/**
 * Builds the worker from the source that the npm package carries, against the distribution's own libraries,
 * and puts it at `target` in one move. `mediasoup` is the folder of the npm package.
 */
export async function buildWorker(mediasoup: string, target: string): Promise<void> {
  await ensurePackages(
    'Building the mediasoup worker',
    workerPackages,
    'Or give a worker that was built elsewhere: MEDIASOUP_WORKER_BIN=/path/to/mediasoup-worker',
  )
  await mkdir(dirname(target), { recursive: true })
  // Beside the target, so that the last move stays on one file system and is atomic.
  const out = await mkdtemp(join(dirname(target), 'build-'))
  try {
    const worker = join(mediasoup, 'worker')
    const patchedDtlsTransport = join(out, 'DtlsTransport.cpp')
    const original = await readFile(join(worker, 'src/RTC/DtlsTransport.cpp'), 'utf8')
    await writeFile(patchedDtlsTransport, patchDtlsTransport(original))
    process.stdout.write(
      '  DtlsTransport.cpp is patched for an OpenSSL with kernel TLS (scripts/worker/patch.ts)\n',
    )
    await step('mediasoup worker: build from source', async (progress) => {
      await generateHeaders(worker, out)
      const shims = join(import.meta.dirname, 'include')
      const plan = ninjaFile(
        { worker, out, shims, patchedDtlsTransport },
        await sourcesOf(worker),
        endianness(),
      )
      await writeFile(join(out, 'build.ninja'), plan)
      await mustRun('ninja', ['-C', out], {
        env: { ...process.env, NINJA_STATUS: '[%f/%t] ' },
        onLine: (line) => {
          const counted = ninjaProgress(line)
          if (counted) progress(counted.done, counted.total)
        },
      })
    })
    await chmod(join(out, 'mediasoup-worker'), 0o755)
    await rename(join(out, 'mediasoup-worker'), target)
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

async function generateHeaders(worker: string, out: string): Promise<void> {
  const cwd = join(worker, 'fbs')
  const schemas = (await readdir(cwd)).filter((file) => file.endsWith('.fbs'))
  const style = ['--cpp', '--cpp-field-case-style', 'lower', '--reflect-names', '--scoped-enums']
  await mustRun('flatc', [...style, '--filename-suffix', '', '-o', join(out, 'FBS'), ...schemas], { cwd })
}

async function sourcesOf(worker: string): Promise<string[]> {
  const libwebrtc = join(worker, 'deps/libwebrtc/meson.build')
  return workerSources(await readFile(join(worker, 'meson.build'), 'utf8'), await readFile(libwebrtc, 'utf8'))
}
