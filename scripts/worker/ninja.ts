import { join } from 'node:path'

export interface BuildPaths {
  /** mediasoup's `worker` folder. */
  worker: string
  /** Where objects, generated headers and the program go. */
  out: string
  /** Our stand-ins for headers that distributions lack. */
  shims: string
  /** Replaces `src/RTC/DtlsTransport.cpp`. */
  patchedDtlsTransport: string
}

// -w: warnings in mediasoup's code are mediasoup's to fix, not the reader's of our set-up log.
const flags = '-std=c++20 -O2 -DNDEBUG -DMS_EXECUTABLE -DFLATBUFFERS_LOCALE_INDEPENDENT=1 -w'
const libraries = [
  'uv',
  'ssl',
  'crypto',
  'srtp2',
  'absl_strings',
  'absl_bad_optional_access',
  'absl_throw_delegate',
  'pthread',
]

/** The C++ files of the worker, relative to mediasoup's `worker` folder. Throws when meson.build has another shape. */
export function workerSources(workerMeson: string, libwebrtcMeson: string): string[] {
  const sources = [
    ...listIn(workerMeson, /^common_sources = \[$/m),
    ...listIn(workerMeson, /^ {2}common_sources \+= \[$/m),
    'src/main.cpp',
    ...listIn(libwebrtcMeson, /^libwebrtc_sources = \[$/m).map((file) => `deps/libwebrtc/${file}`),
  ]
  const required = ['src/Worker.cpp', 'src/RTC/DtlsTransport.cpp', 'src/DepLibWebRTC.cpp']
  const missing = required.filter((file) => !sources.includes(file))
  if (missing.length > 0) throw new Error(`mediasoup's meson.build no longer lists ${missing.join(', ')}`)
  return sources
}

function listIn(meson: string, start: RegExp): string[] {
  const from = meson.search(start)
  if (from < 0) throw new Error(`mediasoup's meson.build has no line like ${start.source}`)
  const body = meson.slice(from, meson.indexOf(']', from))
  return [...body.matchAll(/'([^']+\.(?:cpp|cc))'/g)].map((match) => String(match[1]))
}

/** The ninja file that compiles and links the worker. */
export function ninjaFile(paths: BuildPaths, sources: string[], endian: 'LE' | 'BE'): string {
  const includes = [
    paths.shims,
    join(paths.worker, 'include'),
    join(paths.worker, 'fbs'),
    paths.out,
    join(paths.out, 'FBS'),
    join(paths.worker, 'deps/libwebrtc/libwebrtc'),
    join(paths.worker, 'deps/libwebrtc'),
  ]
  const objects = sources.map((source) => {
    const input =
      source === 'src/RTC/DtlsTransport.cpp' ? paths.patchedDtlsTransport : join(paths.worker, source)
    return { object: `obj/${source}.o`, input }
  })
  return [
    `cxxflags = ${flags} -DMS_${endian === 'LE' ? 'LITTLE' : 'BIG'}_ENDIAN ${includes.map((path) => `-I${quoted(path)}`).join(' ')}`,
    'rule compile',
    '  command = g++ $cxxflags -c $in -o $out',
    '  description = $in',
    'rule link',
    `  command = g++ -s $in -o $out ${libraries.map((name) => `-l${name}`).join(' ')}`,
    '  description = link',
    ...objects.map(({ object, input }) => `build ${escape(object)}: compile ${escape(input)}`),
    `build mediasoup-worker: link ${objects.map(({ object }) => escape(object)).join(' ')}`,
    'default mediasoup-worker',
    '',
  ].join('\n')
}

/** For the shell that ninja starts, within a ninja variable. */
function quoted(path: string): string {
  return `'${path.replaceAll('$', '$$$$').replaceAll("'", `'\\''`)}'`
}

function escape(path: string): string {
  return path.replace(/[$ :]/g, (character) => `$${character}`)
}

/** Reads ninja's own progress, `[12/260] name`. */
export function ninjaProgress(line: string): { done: number; total: number } | undefined {
  const match = /^\[(\d+)\/(\d+)\]/.exec(line)
  return match ? { done: Number(match[1]), total: Number(match[2]) } : undefined
}
