import { deepEqual, equal } from 'node:assert/strict'
import { createLog } from './log.ts'
import { createShutdown } from './shutdown.ts'

describe('The shutdown', () => {
  it('closes what was opened last first, and goes on when a step fails or hangs', async () => {
    const lines: string[] = []
    const shutdown = createShutdown(createLog({ level: 'warn' }, { write: (line) => void lines.push(line) }))
    const closed: string[] = []
    shutdown.add('database', () => void closed.push('database'))
    shutdown.add('hanging', () => new Promise(() => {}), 10)
    shutdown.add('failing', () => Promise.reject(new Error('broken')))
    shutdown.add('sockets', async () => void closed.push('sockets'))
    equal(shutdown.begun, false)
    const first = shutdown.run()
    equal(shutdown.begun, true)
    await Promise.all([first, shutdown.run()])
    deepEqual(closed, ['sockets', 'database'])
    deepEqual(lines.map((line) => (JSON.parse(line) as { step: string }).step), ['failing', 'hanging']) // prettier-ignore
  })
})
