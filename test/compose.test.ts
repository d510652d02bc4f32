import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { parseConfig, settingNames } from '#server/config.ts'
import { parseConfig as parseSfuConfig } from '#sfu/config.ts'

type Service = {
  image?: string
  build?: { context: string; target: string }
  environment?: Record<string, string>
  volumes?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: unknown
}
type Compose = { services: Record<string, Service>; volumes: Record<string, unknown> }

const root = resolve(import.meta.dirname, '..')
const source = readFileSync(resolve(root, 'docker-compose.yml'), 'utf8')
const compose = parse(source, { merge: true }) as Compose

const words = { type: 'array', items: { type: 'string' } }
const schema = {
  type: 'object',
  required: ['name', 'services', 'volumes'],
  patternProperties: { '^x-': {} },
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    volumes: { type: 'object', additionalProperties: { type: 'object', maxProperties: 0 } },
    services: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['restart'],
        oneOf: [{ required: ['image'] }, { required: ['build'] }],
        properties: {
          image: { type: 'string', pattern: '^[a-z/]+:(?!latest$)[A-Za-z0-9.-]+$' },
          build: {
            type: 'object',
            required: ['context', 'target'],
            additionalProperties: false,
            properties: { context: { const: '.' }, target: { enum: ['server', 'sfu'] } },
          },
          restart: { const: 'unless-stopped' },
          environment: { type: 'object', additionalProperties: { type: 'string' } },
          ports: {
            type: 'array',
            items: { type: 'string', pattern: '^\\d+(-\\d+)?:\\d+(-\\d+)?(/(udp|tcp))?$' },
          },
          volumes: { type: 'array', items: { type: 'string', pattern: '^[./\\w-]+:/[\\w./-]+(:ro)?$' } },
          command: words,
          entrypoint: words,
          network_mode: { const: 'host' },
          stop_grace_period: { type: 'string', pattern: '^\\d+s$' },
          depends_on: {
            type: 'object',
            additionalProperties: {
              type: 'object',
              properties: { condition: { enum: ['service_healthy', 'service_started'] } },
            },
          },
          healthcheck: { type: 'object', required: ['test'] },
        },
      },
    },
  },
}

const clinic: Record<string, string> = {
  BEDSIDE_HOST: 'clinic.example.org',
  RTC_ANNOUNCED_ADDRESS: '203.0.113.7',
  BEDSIDE_SECRET: 'q8Jm2cVx0RkW5uYb7nZt3LsP9dHgF1aE4oQiT6wXyNvKz',
  SFU_SECRET: 'Zt3LsP9dHgF1aE4oQiT6wXyNvKzq8Jm2cVx0RkW5uYb7n',
  TURN_SECRET: 'F1aE4oQiT6wXyNvKzq8Jm2cVx0RkW5uYb7nZt3LsP9dHg',
  MYSQL_PASSWORD: '5f3a9c',
  REDIS_PASSWORD: '8b2e7d',
  S3_ACCESS_KEY_ID: 'a1b2c3d4e5f6',
  S3_SECRET_ACCESS_KEY: '0f9e8d7c6b5a4f3e2d1c',
}

/** What a clinic may leave out. */
const optional: Record<string, string> = {
  SMTP_URL: 'smtps://visits:5f3a9c@mail.example.org',
  MAIL_FROM: 'Bedside <visits@clinic.example>',
  DICOM_STOW_URL: 'https://archive.example.org/dicom-web',
  DICOM_STOW_TOKEN: 'k7Qm2xVb9TnY4wLsJc5d',
  DICOM_STOW_USER: '',
  DICOM_STOW_PASSWORD: '',
  LOG_LEVEL: 'debug',
}

/** Settings that the compose file has no use for, and why. */
const withoutUse: Record<string, string> = {
  NODE_ENV: 'the image says it',
  DATA_DIR: 'the image says it',
  PORT: 'the proxy and the health check count on the usual one',
  METRICS_PORT: 'it is open to the same machine only, which is the container',
  BEDSIDE_DEMO: 'no demo in production',
  S3_REGION: 'the store of the file has the usual one',
  MEDIASOUP_WORKER_BIN: 'media are in a service of their own',
  MEDIASOUP_WORKERS: 'media are in a service of their own',
  RTC_LISTEN_IP: 'media are in a service of their own',
  RTC_ANNOUNCED_ADDRESS: 'media are in a service of their own',
  RTC_PORT: 'media are in a service of their own',
}

/** What compose does with ${NAME}, ${NAME:?words}, ${NAME:-}. */
function filled(environment: Record<string, string>, env = clinic): Record<string, string> {
  const fill = (text: string) =>
    text.replace(
      /\$\{(\w+)(:\?[^}]*|:-)?\}/g,
      (_, name: string, otherwise?: string) => env[name] ?? (otherwise === ':-' ? '' : `unset ${name}`),
    )
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fill(value)]))
}

describe('docker-compose.yml', () => {
  it('has the shape of a compose file with pinned images', () => {
    const validate = new Ajv({ allErrors: true }).compile(schema)
    assert.ok(validate(compose), JSON.stringify(validate.errors, null, 2))
  })

  it('has every part of a clinic', () => {
    assert.deepEqual(Object.keys(compose.services).sort(), [
      'mysql',
      'proxy',
      'redis',
      'server',
      'sfu',
      'store',
      'turn',
    ])
  })

  it('waits only for services that exist, and for health only where there is a check', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        assert.ok(compose.services[other], `${name} waits for ${other}, which is not there`)
        if (condition === 'service_healthy')
          assert.ok(compose.services[other].healthcheck, `${other} has no health check`)
      }
    }
  })

  it('mounts only what is in the tree or declared', () => {
    for (const service of Object.values(compose.services)) {
      for (const [from] of (service.volumes ?? []).map((volume) => volume.split(':'))) {
        assert.ok(
          from && (from.startsWith('./') ? existsSync(resolve(root, from)) : from in compose.volumes),
          `nothing at ${from}`,
        )
      }
    }
  })

  it('gives the server and the SFU settings that production accepts', () => {
    const server = filled(compose.services['server']?.environment ?? {})
    const config = parseConfig({ NODE_ENV: 'production', ...server })
    assert.equal(config.database.engine, 'mysql')
    assert.equal(config.sfu.urls.length, 1)
    const sfu = parseSfuConfig({
      NODE_ENV: 'production',
      ...filled(compose.services['sfu']?.environment ?? {}),
    })
    assert.equal(sfu.control.port, 4443)
  })

  it('asks for every secret instead of shipping one', () => {
    const used = new Set([...source.matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? ''))
    for (const name of used)
      assert.ok(
        new RegExp(`\\$\\{${name}:${name in optional ? '-\\}' : '\\?'}`).test(source),
        `${name} may be empty`,
      )
  })

  it('passes on every setting that the server knows, unless it has no use for it', () => {
    const passed = Object.keys(compose.services['server']?.environment ?? {})
    assert.deepEqual(new Set([...passed, ...Object.keys(withoutUse)]), new Set(settingNames))
    assert.deepEqual(
      passed.filter((name) => name in withoutUse),
      [],
    )
  })

  it('passes on what a clinic may leave out: letters, the picture archive, the own models', () => {
    const environment = compose.services['server']?.environment ?? {}
    const server = filled(environment, { ...clinic, ...optional })
    const config = parseConfig({ NODE_ENV: 'production', ...server })
    assert.equal(config.mail?.from, optional['MAIL_FROM'])
    assert.equal(config.archive?.url, optional['DICOM_STOW_URL'])
    assert.equal(config.logLevel, 'debug')
    const mounts = compose.services['server']?.volumes?.map((volume) => volume.split(':')[1])
    assert.ok(mounts?.includes(config.ownModelsDir))
  })
})
