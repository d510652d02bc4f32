import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { clahe } from '#kernels/clahe.ts'
import { fft2 } from '#kernels/fourier.ts'
import { gaussianBlur } from '#kernels/gaussian.ts'
import { grey } from '#kernels/grey.ts'
import { laplacian } from '#kernels/laplacian.ts'
import { median } from '#kernels/median.ts'
import { otsuLevel } from '#kernels/otsu.ts'
import { applyTable, scaleAbsTable } from '#kernels/scale-abs.ts'
import { thresholdTable } from '#kernels/threshold.ts'
import { mediaEnvironment } from '#server/imaging/pipeline/media-program.ts'
import { asJpeg, skin } from '#server/imaging/pipeline/test/specimens.ts'
import { mustHaveOpenCv, openCv, type OpenCv } from './opencv.ts'
import { compared, type BenchResult } from './result.ts'

const warmUps = 5
const runs = 25

type Specimen = { name: string; width: number; height: number; jpeg: Buffer; grey: Uint8Array }
type Kernel = {
  job: string
  name: string
  limit: number
  run: () => Uint8Array | Int16Array | Promise<unknown> | null
}

/**
 * Our pixel kernels against OpenCV (and numpy for the Fourier transform), one thread each, in turn, from samples in memory
 * to samples in memory; both write into room that is kept. Ours copies in and out of WebAssembly, and that is counted.
 * Where the peer has the very function, the answers must be equal before anything is timed. Ours runs in a process with the
 * settings of the media processes, where pictures are made; the peer has the system's.
 */
export async function run(): Promise<BenchResult[]> {
  await mustHaveOpenCv()
  const child = fork(import.meta.filename, [], { env: { ...process.env, ...mediaEnvironment } })
  const results: BenchResult[] = []
  child.on('message', (result: BenchResult) => results.push(result))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error('the kernels were not measured')
  return results
}

if (import.meta.main) await measure((result) => process.send?.(result))

async function measure(done: (result: BenchResult) => void): Promise<void> {
  sharp.concurrency(1)
  sharp.cache(false)
  const folder = await mkdtemp(join(tmpdir(), 'bedside-kernels-'))
  const peer = await openCv()
  try {
    for (const [width, height] of [
      [1280, 720],
      [4000, 3000],
    ] as const) {
      const specimen = await specimenOf(peer, folder, width, height)
      for (const kernel of kernels(specimen)) done(await compare(peer, specimen, kernel))
    }
    const square = await specimenOf(peer, folder, 1024, 1024)
    done(await compare(peer, square, fourier(square)))
  } finally {
    peer.close()
    await rm(folder, { recursive: true })
  }
}

async function specimenOf(peer: OpenCv, folder: string, width: number, height: number): Promise<Specimen> {
  const rgb = skin(width, height)
  const name = `${width}x${height}`
  const specimen = { name, width, height, jpeg: await asJpeg(rgb, width, height), grey: grey(rgb) }
  const load = join(folder, name)
  await writeFile(`${load}.jpg`, specimen.jpeg)
  await writeFile(`${load}.grey`, specimen.grey)
  await peer.ask({ load, name, width, height })
  return specimen
}

function kernels({ width, height, jpeg, grey }: Specimen): Kernel[] {
  const plane = new Uint8Array(grey.length)
  const signed = new Int16Array(grey.length)
  return [
    {
      job: 'enhance',
      name: 'decode, convertScaleAbs, encode',
      limit: width > 2000 ? 1 : 1.5,
      async run() {
        const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true })
        applyTable(data, scaleAbsTable(1.3, -20))
        return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
          .jpeg({ quality: 90, optimiseCoding: false })
          .toBuffer()
      },
    },
    {
      job: 'laplacian',
      name: 'Laplacian',
      limit: 1,
      run: () => laplacian(grey, width, height, { neighbours: 4 }, signed),
    },
    {
      job: 'gaussian',
      name: 'Gaussian, sigma 2',
      limit: 1.5,
      run: () => gaussianBlur(grey, width, height, 2, plane),
    },
    {
      job: 'clahe',
      name: 'CLAHE, 8 x 8',
      limit: 2,
      run: () => clahe(grey, width, height, { clipLimit: 2, tiles: 8 }, plane),
    },
    {
      job: 'median',
      name: 'median 3 x 3',
      limit: 5,
      run: () => median(grey, width, height, { size: 3 }, plane),
    },
    {
      job: 'otsu',
      name: 'Otsu threshold',
      limit: 3,
      run() {
        applyTable(grey, thresholdTable({ level: otsuLevel(grey), kind: 'binary' }), plane)
        return plane
      },
    },
  ]
}

function fourier({ grey, width, height }: Specimen): Kernel {
  const spectrum = fft2(grey, width, height)
  // numpy's whole complex spectrum cannot be equal to the bit; the tests hold ours to the definition.
  const run = () => (fft2(grey, width, height, spectrum), null)
  return { job: 'fft', name: 'FFT', limit: 0.6, run }
}

async function compare(peer: OpenCv, { name }: Specimen, kernel: Kernel): Promise<BenchResult> {
  const { job, limit } = kernel
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = -warmUps; round < runs; round++) {
    const hash = round === -warmUps
    const startedAt = performance.now()
    const answer = kernel.run()
    if (answer instanceof Promise) await answer
    const took = performance.now() - startedAt
    const { ms, sha256 } = await peer.ask({ job, name, hash })
    if (hash && ArrayBuffer.isView(answer))
      assert.equal(sha256Of(answer), sha256, `${kernel.name} is not OpenCV's`)
    if (round < 0) continue
    ours.push(took)
    theirs.push(ms)
  }
  return compared(`${kernel.name} ${name}`, 'ms', ours, theirs, limit)
}

function sha256Of({ buffer, byteOffset, byteLength }: Uint8Array | Int16Array): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
}
