import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = {
  /** `route` is the pattern, never the address. */
  httpAnswered(route: string, status: number, ms: number): void
  /** `result` is `ok` or an error code. */
  socketAnswered(event: string, result: string, ms: number): void
  /** A promise that nobody caught: always a mistake of ours. */
  rejectionUnhandled(): void
  /** A number that is asked for at each scrape. One that cannot be had is left out. */
  gauge(name: string, help: string, read: () => Promise<number>): void
  /** Answers scrapes on the loopback address; resolves with the port. */
  listen(port: number): Promise<number>
  close(): Promise<void>
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Labels come from closed lists (routes, events, codes), so that no id and no name can become one. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const http = new Histogram({
    name: 'bedside_http_request_seconds',
    help: 'Time to answer an HTTP request',
    labelNames: ['route', 'status'],
    buckets: seconds,
    registers,
  })
  const socket = new Histogram({
    name: 'bedside_socket_request_seconds',
    help: 'Time to acknowledge a socket request',
    labelNames: ['event', 'result'],
    buckets: seconds,
    registers,
  })
  const unhandled = new Counter({
    name: 'bedside_unhandled_rejections_total',
    help: 'Promises that nobody caught',
    registers,
  })
  let server: Server | undefined

  return {
    httpAnswered: (route, status, ms) => http.observe({ route, status: String(status) }, ms / 1000),
    socketAnswered: (event, result, ms) => socket.observe({ event, result }, ms / 1000),
    rejectionUnhandled: () => unhandled.inc(),
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.reset()
          try {
            this.set(await read())
          } catch {
            // What it counts cannot be asked right now; /ready and the log say why.
          }
        },
      })
    },
    listen: (port) =>
      new Promise((resolve, reject) => {
        server = createServer((_request, response) => {
          registry.metrics().then(
            (text) => response.setHeader('Content-Type', registry.contentType).end(text),
            () => response.writeHead(500).end(),
          )
        })
        server.once('error', reject)
        server.listen(port, '127.0.0.1', () => resolve((server?.address() as AddressInfo).port))
      }),
    async close() {
      await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
      registry.clear()
    },
  }
}
