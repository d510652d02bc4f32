import type { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import { openOnce } from './open-once.ts'

/** Lives in OpenCV's own memory until it is deleted; see `keep` of `withOpenCv`. */
export type Held = { delete(): void }

export type Mat = Held & {
  readonly rows: number
  readonly cols: number
  /** The samples where they are: look again after any call, for OpenCV's memory may move when it grows. */
  readonly data: Uint8Array
  readonly data32F: Float32Array
  readonly data64F: Float64Array
  setTo(value: readonly number[]): Mat
}
type KeyPoint = { readonly pt: { readonly x: number; readonly y: number }; readonly response: number }
type Match = { readonly queryIdx: number; readonly trainIdx: number; readonly distance: number }
type List<T> = Held & { size(): number; get(at: number): T }
type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** What is used of OpenCV's WebAssembly build, by its own names; the package's types are `any` for the most part. */
export type OpenCv = {
  readonly Mat: new (rows?: number, cols?: number, type?: number) => Mat
  readonly Rect: new (x: number, y: number, width: number, height: number) => Rectangle
  readonly Size: new (width: number, height: number) => { readonly width: number; readonly height: number }
  readonly CV_8UC1: number
  readonly CV_8UC3: number
  readonly CV_32FC2: number
  readonly CV_64FC1: number
  matFromArray(rows: number, cols: number, type: number, values: ArrayLike<number>): Mat

  readonly GC_INIT_WITH_RECT: number
  readonly GC_INIT_WITH_MASK: number
  /** The mask's values. */
  readonly GC_BGD: number
  readonly GC_FGD: number
  readonly GC_PR_BGD: number
  readonly GC_PR_FGD: number
  grabCut(
    rgb: Mat,
    mask: Mat,
    box: Rectangle,
    outside: Mat,
    inside: Mat,
    iterations: number,
    mode: number,
  ): void

  readonly AKAZE: new () => Held & {
    detectAndCompute(grey: Mat, mask: Mat, points: List<KeyPoint>, descriptors: Mat): void
  }
  readonly KeyPointVector: new () => List<KeyPoint>
  readonly DMatchVector: new () => List<Match>
  readonly DMatchVectorVector: new () => List<List<Match>>
  readonly BFMatcher: new (
    norm: number,
    crossCheck: boolean,
  ) => Held & {
    match(query: Mat, train: Mat, matches: List<Match>): void
    knnMatch(query: Mat, train: Mat, matches: List<List<Match>>, count: number): void
  }
  readonly NORM_HAMMING: number
  readonly RANSAC: number
  findHomography(from: Mat, to: Mat, method: number, threshold: number, inliers: Mat): Mat
  readonly INTER_LINEAR: number
  readonly BORDER_CONSTANT: number
  warpPerspective(
    from: Mat,
    to: Mat,
    homography: Mat,
    size: { readonly width: number; readonly height: number },
    interpolation: number,
    border: number,
    fill: readonly number[],
  ): void
}

/** Deletes it when the work is over, however it ends. */
export type Keep = <T extends Held>(made: T) => T

type Loaded = OpenCv & { onRuntimeInitialized?: () => void; exceptionFromPtr(at: number): { msg: string } }

const loaded = openOnce(load)

/**
 * Does something with OpenCV and gives its memory back: everything it makes goes through `keep`. Only for a process that may
 * crash. @throws Error with OpenCV's own words when it refuses.
 */
export async function withOpenCv<T>(work: (cv: OpenCv, keep: Keep) => T): Promise<T> {
  const { cv } = await loaded()
  const held: Held[] = []
  try {
    return work(cv, (made) => {
      held.push(made)
      return made
    })
  } catch (error) {
    // C++ exceptions arrive as the place where they lie.
    throw typeof error === 'number' ? new Error(cv.exceptionFromPtr(error).msg) : error
  } finally {
    for (const made of held.reverse()) made.delete()
  }
}

/** Loads it ahead of need: 13 MB of code, a good quarter of a second. */
export async function warmOpenCv(): Promise<void> {
  await withOpenCv(() => undefined)
}

/** In a wrapping: what it exports resolves to itself for ever when it is awaited. */
async function load(): Promise<{ cv: Loaded }> {
  const thisProcess: EventEmitter = process
  const before = ['uncaughtException', 'unhandledRejection'].map((event) => ({
    event,
    listeners: thisProcess.listeners(event),
  }))
  try {
    const cv = createRequire(import.meta.url)('@techstark/opencv-js') as Loaded
    // Ready at once where the code was compiled while loading.
    if (!('Mat' in cv))
      await new Promise<void>((resolve) => {
        ;(cv as Loaded).onRuntimeInitialized = resolve
      })
    return { cv }
  } finally {
    // It listens for what nobody has caught, in order to end the process by itself; that is the process's own matter.
    for (const { event, listeners } of before)
      for (const listener of thisProcess.listeners(event))
        if (!listeners.includes(listener)) thisProcess.off(event, listener as () => void)
  }
}
