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
    // libwebrtc's files are another project's: they get no prefix.
    const rule = source.startsWith('src/') ? 'compile' : 'compile_plain'
    return { object: `obj/${source}.o`, input, rule }
  })
  const prefix = join(paths.out, 'worker-prefix.hpp')
  return [
    `cxxflags = ${flags} -DMS_${endian === 'LE' ? 'LITTLE' : 'BIG'}_ENDIAN ${includes.map((path) => `-I${quoted(path)}`).join(' ')}`,
    'rule prefix',
    '  command = g++ $cxxflags -x c++-header $in -o $out',
    'rule compile',
    `  command = g++ $cxxflags -include ${quoted(prefix)} -c $in -o $out`,
    'rule compile_plain',
    '  command = g++ $cxxflags -c $in -o $out',
    'rule link',
    `  command = g++ -s $in -o $out ${libraries.map((name) => `-l${name}`).join(' ')}`,
    // The compiler takes NAME.gch for NAME, which need not exist.
    `build ${escape(prefix)}.gch: prefix ${escape(join(paths.shims, 'worker-prefix.hpp'))}`,
    ...objects.map(
      ({ object, input, rule }) =>
        `build ${escape(object)}: ${rule} ${escape(input)}${rule === 'compile' ? ` | ${escape(prefix)}.gch` : ''}`,
    ),
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
