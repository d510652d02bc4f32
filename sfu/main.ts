import { pino } from 'pino'
import { openChannel } from './channel.ts'
import { SfuConfigError, takeConfig, type SfuConfig } from './config.ts'
import { startSfu } from './index.ts'

/** An SFU of its own: workers, the control channel for servers, and an orderly end. */
async function main(config: SfuConfig): Promise<void> {
  const log = pino({ level: config.logLevel, name: 'sfu' })
  const sfu = await startSfu({ media: config.media, log })
  const channel = await openChannel({ ...config.control, sfu, log, now: Date.now })
  log.info({ port: channel.port, workers: config.media.workers }, 'SFU ready')

  // A mistake of ours that nobody caught must not end the calls that go on; it is told and the room's watch goes on.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was not caught'))

  async function stop(): Promise<void> {
    await sfu.close()
    await channel.close()
    log.info({}, 'SFU stopped')
    process.exit(0)
  }
  process.once('SIGTERM', () => {
    log.info({ deadlineMs: config.drainMs, ...sfu.count() }, 'SFU drains: open rooms go on, no new ones')
    void sfu.drain(config.drainMs).then(stop)
    process.once('SIGTERM', () => void stop())
  })
  // From the keyboard the media workers get the signal too: there is nothing to wait for.
  process.once('SIGINT', () => void stop())
}

try {
  await main(takeConfig())
} catch (error) {
  process.stderr.write(error instanceof SfuConfigError ? `${error.message}\n` : `${String(error)}\n`)
  process.exit(1)
}
