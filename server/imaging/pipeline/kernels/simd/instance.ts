import { moduleBase64 } from './module.ts'

/** What assembly/index.ts exports; numbers that name places are byte offsets into the memory. */
type Kernels = {
  pairTable(table: number, pairs: number): void
  lookUpPairs(samples: number, count: number, pairs: number): void
  lookUp(samples: number, count: number, table: number): void
  histogram(samples: number, stride: number, columns: number, rows: number, counts: number): void
  gaussian(
    rows: number,
    out: number,
    width: number,
    count: number,
    weights: number,
    reach: number,
    line: number,
  ): void
  laplacian(rows: number, out: number, width: number, count: number, neighbours: number): void
  median3(rows: number, out: number, width: number, count: number, line: number): void
  lightness(rgb: number, out: number, count: number, shares: number, levels: number): void
  grey(rgb: number, out: number, count: number): void
  moveLightness(
    rgb: number,
    before: number,
    after: number,
    count: number,
    light: number,
    shifts: number,
    roots: number,
    encoded: number,
    matrix: number,
    steps: number,
  ): void
  spectrumRows(
    plane: number,
    width: number,
    height: number,
    re: number,
    im: number,
    stride: number,
    twiddles: number,
    step: number,
    x: number,
    y: number,
  ): void
  spectrumColumns(
    re: number,
    im: number,
    stride: number,
    height: number,
    twiddles: number,
    step: number,
    x: number,
    y: number,
  ): void
  filterColumns(
    re: number,
    im: number,
    stride: number,
    height: number,
    twiddles: number,
    step: number,
    x: number,
    y: number,
    gains: number,
  ): void
  planeRows(
    plane: number,
    width: number,
    height: number,
    re: number,
    im: number,
    stride: number,
    twiddles: number,
    step: number,
    x: number,
    y: number,
    scale: number,
    offset: number,
  ): void
  quadTables(tables: number, quads: number, tiles: number, row: number): void
  claheRow(
    samples: number,
    out: number,
    width: number,
    quads: number,
    columns: number,
    near: number,
    far: number,
    up: number,
    down: number,
  ): void
}

type Memory = { readonly buffer: ArrayBuffer; grow(pages: number): number }

// The little of the platform that is needed, the same in Node and in browsers; this project knows the types of neither.
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { exports: Kernels & { memory: Memory } }
}
declare function atob(base64: string): string

/** The fast kernels with a memory of their own. */
export class Simd {
  readonly run: Kernels
  readonly #memory: Memory
  #bytes = new Uint8Array(0)

  constructor(module: object) {
    const { exports } = new WebAssembly.Instance(module)
    this.run = exports
    this.#memory = exports.memory
  }

  /** Where each of these many bytes may lie, one after another, with room to read and write 64 bytes to both sides. */
  place(...sizes: number[]): number[] {
    let end = margin
    const places = sizes.map((size) => {
      const at = end
      end = (at + size + margin + 63) & ~63
      return at
    })
    const missing = end - this.#memory.buffer.byteLength
    if (missing > 0) this.#memory.grow(Math.ceil(missing / pageBytes))
    return places
  }

  /** The memory as it is now; not to be kept over a `place`. */
  get bytes(): Uint8Array {
    // Growing gives the memory another buffer.
    if (this.#bytes.buffer !== this.#memory.buffer) this.#bytes = new Uint8Array(this.#memory.buffer)
    return this.#bytes
  }
}

const margin = 64
const pageBytes = 65_536

const largeBytes = 48 * 1024 * 1024

type Found = { module: object | null; simd: Simd | null; problem: string | null }

// Compiled once, at the first picture: a pure function of nothing, so that it may be kept.
let found: Found | null = null
let spared = false

/** The fast kernels, or null where the platform has no WebAssembly with vectors, or does not allow it. */
export function simd(): Simd | null {
  if (spared) return null
  const { module, simd } = find()
  if (simd || !module) return simd
  const fresh = new Simd(module)
  found = { module, simd: fresh, problem: null }
  return fresh
}

/** After work that may have taken much memory: WebAssembly cannot give memory back, an instance that is gone does. */
export function letGoOfLarge(): void {
  const { module, simd } = find()
  if (simd && simd.bytes.length > largeBytes) found = { module, simd: null, problem: null }
}

/** Why there are no fast kernels; null when there are. For those who keep a log: the plain ones do the same, slowly. */
export function simdProblem(): string | null {
  return find().problem
}

/** Does the work with the plain kernels alone: to compare the two. */
export function withoutSimd<T>(work: () => T): T {
  spared = true
  try {
    return work()
  } finally {
    spared = false
  }
}

function find(): Found {
  return (found ??= compile())
}

function compile(): Found {
  try {
    const bytes = Uint8Array.from(atob(moduleBase64), (letter) => letter.charCodeAt(0))
    const module = new WebAssembly.Module(bytes)
    return { module, simd: new Simd(module), problem: null }
  } catch (error) {
    return { module: null, simd: null, problem: String(error) }
  }
}
