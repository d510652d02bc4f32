import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { mustRun, run, SetupError } from './run.ts'
import { step } from './steps.ts'

/** What a package brings that we use: a program on the path, or a file. */
type Probe = { program: string } | { file: string }

const probes = {
  'g++': { program: 'g++' },
  'ninja-build': { program: 'ninja' },
  'flatbuffers-compiler': { program: 'flatc' },
  'libuv1-dev': { file: '/usr/include/uv.h' },
  'libssl-dev': { file: '/usr/include/openssl/ssl.h' },
  'libsrtp2-dev': { file: '/usr/include/srtp2/srtp.h' },
  'libabsl-dev': { file: '/usr/include/absl/strings/string_view.h' },
  'libflatbuffers-dev': { file: '/usr/include/flatbuffers/flatbuffers.h' },
  'mariadb-server': { program: 'mariadbd' },
  'redis-server': { program: 'redis-server' },
  chromium: { program: 'chromium' },
  dicom3tools: { program: 'dciodvfy' },
  dcmtk: { program: 'dcmdump' },
  'fonts-noto-cjk': { file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' },
} satisfies Record<string, Probe>

export type SystemPackage = keyof typeof probes

/** To build the mediasoup worker from its source. */
export const workerPackages: SystemPackage[] = [
  'g++',
  'ninja-build',
  'flatbuffers-compiler',
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
]

/** To run every test: the databases, a browser, a font for 简体中文, and what judges and reads DICOM files. */
export const testPackages: SystemPackage[] = [
  'mariadb-server',
  'redis-server',
  'chromium',
  'fonts-noto-cjk',
  'dicom3tools',
  'dcmtk',
]

/** Which of these packages are not there, judged by what they bring and not by who installed them. */
export function missingPackages(wanted: SystemPackage[]): SystemPackage[] {
  return wanted.filter((name) => {
    const probe: Probe = probes[name]
    return 'file' in probe ? !existsSync(probe.file) : findProgram(probe.program) === undefined
  })
}

/** The full path of a program, also where the user's path leaves out the system's own folders. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/**
 * Installs what is missing where that is possible (root on Debian or Ubuntu), and says so.
 * Otherwise throws a {@link SetupError} with the exact command to run, and `otherwise` as the way without it.
 */
export async function ensurePackages(
  purpose: string,
  wanted: SystemPackage[],
  otherwise = '',
): Promise<void> {
  const missing = missingPackages(wanted)
  if (missing.length === 0) return
  const aptGet = findProgram('apt-get')
  if (aptGet === undefined || process.getuid?.() !== 0) {
    throw new SetupError(missingMessage(purpose, missing, otherwise, aptGet !== undefined))
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await step(`system packages (${missing.join(' ')})`, async (progress) => {
    // A machine whose package lists were never fetched or are old answers with an error to the first try.
    const install = ['install', '-y', '--no-install-recommends', '-o', 'APT::Status-Fd=1', ...missing]
    const onLine = (line: string): void => {
      const percent = /^(?:dl|pm)status:[^:]*:([\d.]+):/.exec(line)
      if (percent) progress(Math.round(Number(percent[1])), 100)
    }
    const first = await run(aptGet, install, { env, onLine })
    if (first.code === 0) return
    await mustRun(aptGet, ['update'], { env })
    await mustRun(aptGet, install, { env, onLine })
  })
}

/** What to tell a person whose machine we may not change. */
export function missingMessage(
  purpose: string,
  missing: string[],
  otherwise: string,
  hasAptGet: boolean,
): string {
  const how = hasAptGet
    ? `Install them with:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}\n`
    : `Install what these Debian packages hold, by your system's own means: ${missing.join(' ')}\n`
  return [`${purpose} needs packages that are not on this machine.`, how, otherwise]
    .filter(Boolean)
    .join('\n')
}
