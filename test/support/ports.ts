import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below those that the system gives to whoever asks for any, such as a browser in another suite (Linux: from 32768 on). */
const ports = { from: 20_000, to: 32_000 }
const attempts = 50

/** A loopback port that nobody has, neither TCP nor UDP, for programs that cannot be told to choose one themselves. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = randomInt(ports.from, ports.to)
    if ((await isFreeTcp(port)) && (await isFreeUdp(port))) return port
  }
  throw new Error(`No port is free between ${ports.from} and ${ports.to}`)
}

async function isFreeTcp(port: number): Promise<boolean> {
  const server = createServer()
  return isFree(once(server.listen(port, '127.0.0.1'), 'listening'), () => once(server.close(), 'close'))
}

async function isFreeUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4')
  const bound = once(socket, 'listening')
  socket.bind(port, '127.0.0.1')
  return isFree(bound, () => once(socket.close(), 'close'))
}

async function isFree(bound: Promise<unknown>, release: () => Promise<unknown>): Promise<boolean> {
  try {
    await bound
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false
    throw error
  }
  await release()
  return true
}
