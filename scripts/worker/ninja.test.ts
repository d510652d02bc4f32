import assert from 'node:assert/strict'
import { ninjaFile, ninjaProgress, workerSources } from './ninja.ts'

const workerMeson = `
common_sources = [
  'src/Worker.cpp',
  'src/RTC/DtlsTransport.cpp',
]
if not get_option('ms_use_builtin_bwe')
  common_sources += [
    'src/DepLibWebRTC.cpp',
  ]
endif
test_sources = [
  'test/src/tests.cpp',
]
`
const libwebrtcMeson = `libwebrtc_sources = [\n  'libwebrtc/call/a.cc',\n]\n`

describe('The plan for building the mediasoup worker', () => {
  it('takes the program and what it needs from mediasoup, and leaves out its tests', () => {
    assert.deepEqual(workerSources(workerMeson, libwebrtcMeson), [
      'src/Worker.cpp',
      'src/RTC/DtlsTransport.cpp',
      'src/DepLibWebRTC.cpp',
      'src/main.cpp',
      'deps/libwebrtc/libwebrtc/call/a.cc',
    ])
  })

  it('stops when a newer mediasoup lists its files in another way', () => {
    assert.throws(
      () => workerSources(workerMeson.replace('common_sources', 'sources'), libwebrtcMeson),
      /no line like/,
    )
    assert.throws(
      () => workerSources(workerMeson.replace('src/Worker.cpp', 'x.cpp'), libwebrtcMeson),
      /no longer lists/,
    )
  })

  it('compiles the patched DTLS file and not the original, also below a folder with a space', () => {
    const paths = {
      worker: '/my clinic/worker',
      out: '/out',
      shims: '/shims',
      patchedDtlsTransport: '/out/Dtls.cpp',
    }
    const ninja = ninjaFile(paths, ['src/Worker.cpp', 'src/RTC/DtlsTransport.cpp'], 'LE')
    assert.match(ninja, /^build obj\/src\/RTC\/DtlsTransport\.cpp\.o: compile \/out\/Dtls\.cpp \| /m)
    assert.match(
      ninja,
      /^build obj\/src\/Worker\.cpp\.o: compile \/my\$ clinic\/worker\/src\/Worker\.cpp \| /m,
    )
    assert.match(ninja, /-I'\/my clinic\/worker\/include'/)
  })

  it('keeps our prefix away from the files of libwebrtc', () => {
    const paths = { worker: '/w', out: '/out', shims: '/shims', patchedDtlsTransport: '/out/Dtls.cpp' }
    const ninja = ninjaFile(paths, ['deps/libwebrtc/libwebrtc/call/a.cc'], 'LE')
    assert.match(ninja, /^build obj\/deps\/libwebrtc\/libwebrtc\/call\/a\.cc\.o: compile_plain [^|]+$/m)
  })

  it('reads how far the compiler is', () => {
    assert.deepEqual(ninjaProgress('[12/259] /x/Worker.cpp'), { done: 12, total: 259 })
    assert.equal(ninjaProgress('ninja: warning: 1/2'), undefined)
  })
})
