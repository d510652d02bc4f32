import { once } from 'node:events'
import { connect } from 'node:net'
import { freePort } from './ports.ts'
import { onRunEnd } from './run-end.ts'
import { ServerProcess } from './server-process.ts'
import { tempFolder } from './temp.ts'

/** A private Redis on loopback. It keeps its port over stop, kill and start, and forgets everything, as it stores nothing. */
export class Redis extends ServerProcess {
  /** For REDIS_URL. */
  readonly url: string

  constructor(port: number, args: string[]) {
    super({ name: 'Redis', program: 'redis-server', args, answers: () => ping(port) })
    this.url = `redis://127.0.0.1:${port}`
  }
}

let shared: Promise<Redis> | undefined

/** The one Redis of this run, started when first asked for. For tests that do not stop or kill it. */
export function sharedRedis(): Promise<Redis> {
  shared ??= startRedis()
  return shared
}

/** Starts a Redis of the caller's own; ended when the run ends. */
export async function startRedis(): Promise<Redis> {
  const folder = await tempFolder('redis')
  const port = await freePort()
  const memoryOnly = ['--save', '', '--appendonly', 'no']
  const redis = new Redis(port, [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    ...memoryOnly,
  ])
  onRunEnd(() => redis.kill('SIGKILL'))
  await redis.start()
  return redis
}

async function ping(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  try {
    socket.setTimeout(1000, () => socket.destroy(new Error('Redis does not answer')))
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    if (answer.toString() !== '+PONG\r\n') throw new Error(`Redis said ${answer.toString()}`)
  } finally {
    socket.destroy()
  }
}
