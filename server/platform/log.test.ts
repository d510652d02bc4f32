import { deepEqual, equal, ok } from 'node:assert/strict'
import { QueryFailedError } from 'typeorm'
import { DomainError } from '#shared/errors.ts'
import { createLog } from './log.ts'

const mark = 'Zebra Canary'

function written(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown> {
  const lines: string[] = []
  write(createLog({ level: 'trace' }, { write: (line) => void lines.push(line) }))
  equal(lines.length, 1)
  const { time, level, ...rest } = JSON.parse(lines[0] ?? '') as Record<string, unknown>
  ok(time)
  ok(level)
  return rest
}

describe('The log', () => {
  it('tells ids, codes, routes and numbers', () => {
    const fields = {
      requestId: '01a2049c-0647-718d-8341-3e170c9a7470',
      route: 'GET /api/patients/:patientId',
      reason: 'ended_by_practitioner',
      status: 200,
      ms: 12.5,
      resumed: false,
    }
    deepEqual(
      written((log) => log.info(fields, 'request')),
      { ...fields, msg: 'request' },
    )
  })

  it('withholds whatever might be about a person', () => {
    const fields = {
      name: mark,
      note: mark,
      patient: { id: '1', name: mark },
      list: [mark],
      patientId: mark,
      reason: 'chest pain since Tuesday',
      route: '/join/abc?token=x y',
    }
    const line = written((log) => log.info(fields, 'something'))
    equal(JSON.stringify(line).includes('Zebra'), false)
    deepEqual(new Set(Object.values(line)), new Set(['[withheld]', 'something']))
  })

  it('withholds it in child loggers too', () => {
    const line = written((log) => log.child({ patient: mark, consultId: '7' }).info({}, 'x'))
    deepEqual(line, { patient: '[withheld]', consultId: '7', msg: 'x' })
  })

  it('keeps of a database error its code and where it came from, never the statement or its values', () => {
    const driver = Object.assign(new Error(`Duplicate entry '${mark}'`), {
      code: 'ER_DUP_ENTRY',
      errno: 1062,
    })
    const failed = new QueryFailedError(`INSERT INTO patient VALUES ('${mark}')`, [mark], driver)
    const line = written((log) =>
      log.error({ err: new DomainError('internal', undefined, failed) }, 'failed'),
    )
    equal(JSON.stringify(line).includes('Zebra'), false)
    ok(JSON.stringify(line).includes('ER_DUP_ENTRY'))
    ok(JSON.stringify(line).includes('log.test.ts'))
  })

  it('keeps no message of a parser, which quotes what it read', () => {
    let error: unknown
    try {
      JSON.parse(`{"name": ${mark}`)
    } catch (caught) {
      error = caught
    }
    ok(error instanceof SyntaxError)
    equal(JSON.stringify(written((log) => log.error({ err: error }, 'bad'))).includes('Zebra'), false)
  })

  it('keeps no message of a mail server, which quotes whom the letter was for', () => {
    // As nodemailer makes it when a mail server does not know the patient's address.
    const refused = Object.assign(
      new Error("Can't send mail - all recipients were rejected: 550 5.1.1 <zebra@example.org>: unknown"),
      {
        code: 'EENVELOPE',
        response: '550 5.1.1 <zebra@example.org>: unknown',
        responseCode: 550,
        command: 'RCPT TO',
        rejected: ['zebra@example.org'],
      },
    )
    const line = JSON.stringify(written((log) => log.error({ err: refused }, 'event handler failed')))
    equal(line.includes('zebra'), false)
    ok(line.includes('EENVELOPE'))
  })

  it('keeps the message and the cause of an error of our own', () => {
    const error = new Error('the worker is gone', { cause: new Error('exit 139') })
    const { err } = written((log) => log.error({ err: error }, 'bad')) as {
      err: { message: string; cause: { message: string } }
    }
    equal(err.message, 'the worker is gone')
    equal(err.cause.message, 'exit 139')
  })
})
