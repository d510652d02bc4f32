import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { resolve } from 'node:path'
import { ConfigError, parseConfig } from './config.ts'

type Env = Record<string, string>
const goodSecret = 'q0Zk3vXb9Lr7TnYw2HsDf8JmPc5GaEu4VoRiQx1N'
const otherSecret = 'M2nB7vC4xZ9lK1jH6gF3dS8aP5oI0uYtReWqAzSx'
const production: Env = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://visits.clinic.test',
  BEDSIDE_SECRET: goodSecret,
  RTC_ANNOUNCED_ADDRESS: '203.0.113.7',
}

function problemsOf(env: Env): readonly string[] {
  try {
    parseConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

function complains(env: Env, about: RegExp): void {
  ok(
    problemsOf(env).some((problem) => about.test(problem)),
    `expected ${about} among ${JSON.stringify(problemsOf(env))}`,
  )
}

describe('The settings', () => {
  it('need nothing to try Bedside on one machine, and open it to no other', () => {
    const config = parseConfig({})
    equal(config.production, false)
    equal(config.demo, false)
    deepEqual(config.http, { host: '127.0.0.1', port: 8080, publicUrl: null, trustedProxies: 0 })
    deepEqual(config.database, { engine: 'sqlite', file: resolve('data/bedside.sqlite') })
    equal(config.metricsPort, 0)
    equal(config.media.listenIp, '127.0.0.1')
    equal(config.secret, null)
    equal(config.redisUrl, null)
    deepEqual(config.sfu, { urls: [], secret: null })
    equal(config.ownModelsDir, resolve('data/models'))
  })

  it("find a clinic's own models in the data folder, or where they are told", () => {
    equal(parseConfig({ DATA_DIR: '/srv/bedside' }).ownModelsDir, '/srv/bedside/models')
    equal(parseConfig({ OWN_MODELS_DIR: '/srv/networks' }).ownModelsDir, '/srv/networks')
  })

  it('count as not given when they are empty, as compose files leave them', () => {
    deepEqual(parseConfig({ PORT: '', REDIS_URL: '', DATABASE_URL: '', BEDSIDE_SECRET: '' }), parseConfig({}))
  })

  it('cannot be changed once they are read', () => {
    const config = parseConfig({})
    throws(() => Object.assign(config, { demo: true }), TypeError)
    throws(() => Object.assign(config.media, { port: 1 }), TypeError)
  })

  it('are told wrong all at once, each by its name and with what to do', () => {
    const problems = problemsOf({
      PORT: 'eighty',
      METRICS_PORT: '70000',
      RTC_LISTEN_IP: 'everywhere',
      LOG_LEVEL: 'loud',
      BEDSIDE_DEMO: 'yes',
      REDIS_URL: 'redis.clinic.test',
      SFU_URLS: 'http://sfu-1:4443,sfu-2',
      TURN_URLS: 'turn:turn.clinic.test',
      NODE_ENV: 'prod',
    })
    const named = problems.map((problem) => problem.split(' ')[0])
    deepEqual(new Set(named), new Set([
      'PORT', 'METRICS_PORT', 'RTC_LISTEN_IP', 'LOG_LEVEL', 'BEDSIDE_DEMO', 'REDIS_URL', 'SFU_URLS', 'TURN_URLS', 'NODE_ENV',
      'BEDSIDE_SECRET', 'SFU_SECRET',
    ])) // prettier-ignore
    ok(
      problems.every((problem) => /must be|set /.test(problem)),
      problems.join('\n'),
    )
  })

  it('never repeat a secret in what they complain about', () => {
    const env = { BEDSIDE_SECRET: 'short-but-mine', DATABASE_URL: 'mysql://u:hunter2hunter2@db', PORT: 'x' }
    const text = problemsOf(env).join('\n')
    ok(text.includes('BEDSIDE_SECRET'))
    equal(/short-but-mine|hunter2/.test(text), false)
  })

  it('understand the addresses of both databases', () => {
    const mysql = { DATABASE_URL: 'mariadb://bedside:pw@db:3306/bedside', BEDSIDE_SECRET: goodSecret }
    deepEqual(parseConfig(mysql).database, { engine: 'mysql', url: 'mysql://bedside:pw@db:3306/bedside' })
    deepEqual(parseConfig({ DATABASE_URL: 'sqlite:///srv/b.sqlite' }).database, {
      engine: 'sqlite',
      file: '/srv/b.sqlite',
    })
    complains({ DATABASE_URL: 'postgres://db/bedside', BEDSIDE_SECRET: goodSecret }, /^DATABASE_URL must be/)
  })

  it('want a secret given as soon as servers may share something', () => {
    for (const shared of [
      { DATABASE_URL: 'mysql://u:p@db/b' },
      { REDIS_URL: 'redis://r' },
      { SFU_URLS: 'http://s:1', SFU_SECRET: otherSecret },
    ]) {
      complains(shared, /^BEDSIDE_SECRET is missing/)
      deepEqual(problemsOf({ ...shared, BEDSIDE_SECRET: goodSecret }), [])
    }
  })

  it('want a secret for media servers elsewhere, another one than the root secret', () => {
    const remote = { SFU_URLS: 'http://sfu-1:4443, http://sfu-2:4443', BEDSIDE_SECRET: goodSecret }
    complains(remote, /^SFU_SECRET is missing/)
    complains({ ...remote, SFU_SECRET: goodSecret }, /^SFU_SECRET must differ/)
    const { sfu } = parseConfig({ ...remote, SFU_SECRET: otherSecret })
    deepEqual(sfu.urls, ['http://sfu-1:4443', 'http://sfu-2:4443'])
  })

  it('open the media port to others when an address is announced', () => {
    equal(parseConfig({ RTC_ANNOUNCED_ADDRESS: '203.0.113.7' }).media.listenIp, '0.0.0.0')
  })

  it('do not open Bedside to other machines without an https address', () => {
    complains({ HOST: '0.0.0.0' }, /^HOST opens Bedside/)
    complains({ PUBLIC_URL: 'http://visits.clinic.test' }, /^PUBLIC_URL must begin with https/)
    complains({ PUBLIC_URL: 'https://visits.clinic.test/app' }, /^PUBLIC_URL must be the address/)
    deepEqual(problemsOf({ PUBLIC_URL: 'http://localhost:8080' }), [])
    deepEqual(problemsOf({ PUBLIC_URL: 'http://[::1]:8080' }), [])
  })
})

describe('The settings of the archive', () => {
  const url = 'https://archive.clinic.test/dicom-web'

  it('are an address, with a login of one kind or none', () => {
    equal(parseConfig({}).archive, null)
    deepEqual(parseConfig({ DICOM_STOW_URL: `${url}/` }).archive, { url, login: null })
    deepEqual(parseConfig({ DICOM_STOW_URL: url, DICOM_STOW_TOKEN: 't' }).archive?.login, {
      kind: 'bearer',
      token: 't',
    })
    const basic = { DICOM_STOW_USER: 'bedside', DICOM_STOW_PASSWORD: 'p' }
    deepEqual(parseConfig({ DICOM_STOW_URL: url, ...basic }).archive?.login, {
      kind: 'basic',
      user: 'bedside',
      password: 'p',
    })
    complains({ DICOM_STOW_TOKEN: 't' }, /DICOM_STOW_URL is missing/)
    complains({ DICOM_STOW_URL: url, DICOM_STOW_USER: 'bedside' }, /one login/)
    complains({ DICOM_STOW_URL: url, DICOM_STOW_TOKEN: 't', ...basic }, /one login/)
    complains({ DICOM_STOW_URL: 'https://user:word@archive.clinic.test' }, /plain root/)
    complains({ DICOM_STOW_URL: 'archive.clinic.test' }, /DICOM_STOW_URL must be an address/)
  })

  it('send no names in the clear in production, but to this machine', () => {
    complains(
      { ...production, DICOM_STOW_URL: 'http://archive.clinic.test' },
      /DICOM_STOW_URL must begin with https/,
    )
    deepEqual(problemsOf({ ...production, DICOM_STOW_URL: url }), [])
    deepEqual(problemsOf({ ...production, DICOM_STOW_URL: 'http://127.0.0.1:8042/dicom-web' }), [])
  })
})

describe('The settings of production', () => {
  it('are few, and SQLite will do', () => {
    const config = parseConfig(production)
    equal(config.production, true)
    equal(config.database.engine, 'sqlite')
    equal(config.http.publicUrl, 'https://visits.clinic.test')
  })

  it('refuse a demo clinic, whose passwords anybody knows', () => {
    complains({ ...production, BEDSIDE_DEMO: '1' }, /^BEDSIDE_DEMO must be off/)
    complains({ ...production, BEDSIDE_DEMO: 'true' }, /^BEDSIDE_DEMO must be off/)
  })

  it('refuse to go without a secret and without a public address', () => {
    const problems = problemsOf({ NODE_ENV: 'production' })
    deepEqual(problems.map((problem) => problem.split(' ')[0]), ['PUBLIC_URL', 'BEDSIDE_SECRET']) // prettier-ignore
  })

  it('refuse secrets that are short or out of a manual', () => {
    const weak = [
      'short',
      goodSecret.slice(0, 31),
      'change-me-change-me-change-me-change-me',
      'please-ChangeMe-' + goodSecret,
      'bedside-development-key-for-everyone-1',
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      'abcabcabcabcabcabcabcabcabcabcabcabcabc',
      'my-super-secret-of-forty-characters-long',
    ]
    for (const BEDSIDE_SECRET of weak) {
      ok(problemsOf({ ...production, BEDSIDE_SECRET }).length > 0, BEDSIDE_SECRET)
    }
    for (const TURN_SECRET of weak) {
      ok(problemsOf({ ...production, TURN_URLS: 'turn:t.test', TURN_SECRET }).length > 0, TURN_SECRET)
    }
  })

  it('accept what a random generator gives', () => {
    const hex = '8f14e45fceea167a5a36dedd4bea2543c9f0f895fb98ab9159f51fd0297e236d'
    deepEqual(problemsOf({ ...production, BEDSIDE_SECRET: hex }), [])
  })

  it('want to know where browsers find the media port', () => {
    complains({ ...production, RTC_ANNOUNCED_ADDRESS: '' }, /^RTC_ANNOUNCED_ADDRESS is missing/)
  })

  it('want a login for the archive that can be sent: a token of visible signs, a name without a colon', () => {
    const archive = { DICOM_STOW_URL: 'https://archive.clinic.test/dicom-web' }
    for (const token of ['two words', 'line\nbreak', 'tab\t', 'naïve', 'trailing ', '密码'])
      complains({ ...archive, DICOM_STOW_TOKEN: token }, /^DICOM_STOW_TOKEN must be/)
    for (const token of ['k7Qm2xVb9TnY4wLs-._~+/==', 'eyJhbGciOi.J9.x_y-z'])
      deepEqual(problemsOf({ ...archive, DICOM_STOW_TOKEN: token }), [])
    complains({ ...archive, DICOM_STOW_USER: 'a:b', DICOM_STOW_PASSWORD: 'c' }, /^DICOM_STOW_USER must be/)
    complains({ ...archive, DICOM_STOW_USER: 'a', DICOM_STOW_PASSWORD: 'c\nd' }, /^DICOM_STOW_PASSWORD must/)
    deepEqual(problemsOf({ ...archive, DICOM_STOW_USER: 'ärztin', DICOM_STOW_PASSWORD: 'a:b ü' }), [])
  })
})
