/** The import rules of docs/architecture.md. Each message says what to do instead. */
const domains = ['audit', 'identity', 'scheduling', 'records', 'consult', 'imaging', 'notify', 'fhir']
const tests = '\\.test\\.ts$'

const upward = domains.slice(0, -1).map((domain, at) => ({
  name: `${domain}-knows-nothing-above`,
  comment: `${domain} may not know the domains above it; let compose.ts pass in what it needs.`,
  severity: 'error',
  from: { path: `^server/${domain}/`, pathNot: tests },
  to: { path: `^server/(${domains.slice(at + 1).join('|')}|compose|main)` },
}))

const doors = domains.map((domain) => ({
  name: `${domain}-by-its-door`,
  comment: `Other domains use ${domain} through its index.ts.`,
  severity: 'error',
  from: { path: `^server/(${domains.filter((other) => other !== domain).join('|')})/`, pathNot: tests },
  to: { path: `^server/${domain}/`, pathNot: `^server/${domain}/index\\.ts$` },
}))

/** A library with one home. */
function home(library, allowed, advice) {
  return {
    name: `${library.replace(/\W/g, '-')}-at-home`,
    comment: advice,
    severity: 'error',
    from: { path: '^(shared|server|sfu|migrations)/', pathNot: [tests, ...allowed] },
    to: { path: `(^|/)node_modules/${library}/`, dependencyTypesNot: ['type-only'] },
  }
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-stands-alone',
      comment: 'shared imports zod and itself.',
      severity: 'error',
      from: { path: '^shared/', pathNot: tests },
      to: { pathNot: ['^shared/', 'node_modules/zod/'] },
    },
    {
      name: 'client-knows-the-wire-only',
      comment:
        'The client talks to the server through shared; of its code it has the pixel kernels alone (decision 8).',
      severity: 'error',
      from: { path: '^client/', pathNot: tests },
      to: {
        path: '^(server|sfu|migrations|scripts|test|bench)/',
        pathNot: '^server/imaging/pipeline/kernels/',
      },
    },
    {
      name: 'kernels-stand-alone',
      comment:
        'The pixel kernels run in the browser too: typed arrays in, typed arrays out, nothing of ours, of Node or of the DOM.',
      severity: 'error',
      from: { path: '^server/imaging/pipeline/kernels/', pathNot: tests },
      to: { pathNot: '^server/imaging/pipeline/kernels/' },
    },
    {
      name: 'sfu-knows-no-server',
      comment: 'The SFU knows opaque ids and shared/sfu.ts.',
      severity: 'error',
      from: { path: '^sfu/', pathNot: tests },
      to: { path: '^(server|client|migrations|test|bench)/' },
    },
    {
      name: 'server-starts-the-sfu-only',
      comment: 'Only compose.ts starts the embedded SFU, by its index.ts.',
      severity: 'error',
      from: { path: '^server/', pathNot: ['^server/compose\\.ts$', tests] },
      to: { path: '^sfu/' },
    },
    {
      name: 'platform-knows-no-domain',
      comment: 'Platform is what any service needs; pass the rest in.',
      severity: 'error',
      from: { path: '^server/platform/', pathNot: tests },
      to: { path: `^server/(${domains.join('|')}|compose|main|demo)` },
    },
    {
      name: 'migrations-are-history',
      comment: "Migrations must not change when today's code does.",
      severity: 'error',
      from: { path: '^migrations/', pathNot: tests },
      to: { path: '^(server|shared|sfu|client)/' },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'Product code does not know its tests.',
      severity: 'error',
      from: { path: '^(shared|server|sfu|client|migrations)/', pathNot: tests },
      to: { path: `^test/|${tests}` },
    },
    ...upward,
    ...doors,
    home(
      'express',
      ['^server/platform/(http|web-security|pages)\\.ts$', '/routes\\.ts$'],
      'Use platform/http.ts.',
    ),
    home(
      'socket\\.io',
      ['^server/platform/realtime\\.ts$', '^sfu/control-server\\.ts$', '^sfu/[a-z-]+\\.ts$'],
      'Use platform/realtime.ts.',
    ),
    home(
      'typeorm',
      ['^server/platform/(db|outbox|[a-z-]+)\\.ts$', '\\.entity\\.ts$', '\\.store\\.ts$', '^migrations/'],
      'Put the query into a store.',
    ),
    home('sharp', ['^server/imaging/pipeline/'], 'Only the pipeline decodes pictures.'),
    home(
      'onnxruntime-(node|web|common)',
      ['^server/imaging/recognition/'],
      'Only server/imaging/recognition opens models.',
    ),
    home(
      '@techstark/opencv-js',
      ['^server/imaging/recognition/'],
      'Only a recognition process loads OpenCV: it hooks the process that it is in.',
    ),
    home('dcmjs', ['^server/imaging/dicom/'], 'Only server/imaging/dicom writes DICOM files.'),
    home('mediasoup', ['^sfu/engine\\.ts$'], 'Only sfu/engine.ts knows mediasoup.'),
    home('better-sqlite3', ['^server/platform/db\\.ts$'], 'Use platform/db.ts.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|screens)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
