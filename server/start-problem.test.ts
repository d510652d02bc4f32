import { equal, match } from 'node:assert/strict'
import { startProblem } from './start-problem.ts'

function failed(message: string, about: { code?: string; syscall?: string; cause?: unknown }): Error {
  return Object.assign(new Error(message), about)
}

describe('What is said when the server does not start', () => {
  it('names the setting to change for a port that is taken, not allowed, or of another machine', () => {
    const listen = (code: string) => startProblem(failed('listen', { code, syscall: 'listen' }))
    match(listen('EADDRINUSE'), /the port is in use. Set PORT/)
    match(listen('EACCES'), /Set PORT to one above 1023/)
    match(listen('EADDRNOTAVAIL'), /HOST is no address/)
  })

  it('tells a full disk from a service that is away, however deep the reason lies', () => {
    const cause = failed('database or disk is full', { code: 'SQLITE_FULL' })
    match(startProblem(failed('try again', { code: 'unavailable', cause })), /the disk is full. Make room/)
    match(startProblem(failed('no space', { code: 'ENOSPC', syscall: 'write' })), /the disk is full/)
  })

  it('asks for another folder where data cannot be written', () => {
    for (const code of ['EROFS', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'])
      match(startProblem(failed('cannot', { code })), /cannot be written \(cannot\). Set DATA_DIR/)
    match(startProblem(failed('mkdir', { code: 'EEXIST', syscall: 'mkdir' })), /Set DATA_DIR/)
  })

  it('points to the address of a database that does not answer or refuses', () => {
    match(startProblem(failed('refused', { code: 'ECONNREFUSED', syscall: 'connect' })), /Check DATABASE_URL/)
    match(startProblem(failed('denied', { code: 'ER_ACCESS_DENIED_ERROR' })), /Check DATABASE_URL/)
  })

  it('says what is known of anything else', () => {
    equal(
      startProblem(failed('why', { cause: new Error('because') })),
      'Bedside could not start: why (because)',
    )
    equal(startProblem('?'), 'Bedside could not start.')
  })
})
