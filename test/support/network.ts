import { openChannel } from '#sfu/channel.ts'
import type { Channel } from '#sfu/channel.ts'
import type { Sfu } from '#sfu/index.ts'
import { startMariadb } from './mariadb.ts'
import type { Mariadb } from './mariadb.ts'
import { startRedis } from './redis.ts'
import type { Redis } from './redis.ts'
import { aSfu, quiet } from './sfu.ts'
import { startWorld } from './world.ts'
import type { World } from './world.ts'

/** The shape of a big clinic: two servers, media servers of their own, one database and one Redis that can be stopped. */
export type Network = {
  world: World
  sfus: readonly Sfu[]
  channels: readonly Channel[]
  mariadb: Mariadb
  redis: Redis
  close(): Promise<void>
}

const secret = 'q8Zr2LmXv5TnJd7WsYk3HbPf9CgRaEuNtVoKiMxD'

export async function startNetwork({ sfus: count = 2 }: { sfus?: number } = {}): Promise<Network> {
  const [mariadb, redis] = await Promise.all([startMariadb(), startRedis()])
  // Tickets of the control channel are checked by the time of the world, which tests move.
  let now: () => number = Date.now
  const sfus: Sfu[] = []
  const channels: Channel[] = []
  for (let made = 0; made < count; made++) {
    const sfu = await aSfu()
    sfus.push(sfu)
    channels.push(
      await openChannel({ sfu, host: '127.0.0.1', port: 0, secret, log: quiet, now: () => now() }),
    )
  }
  const world = await startWorld({
    servers: 2,
    media: true,
    settings: {
      DATABASE_URL: await mariadb.createDatabase('network'),
      REDIS_URL: redis.url,
      SFU_URLS: channels.map(({ port }) => `http://127.0.0.1:${port}`).join(','),
      SFU_SECRET: secret,
    },
  })
  now = world.clock.now
  return {
    world,
    sfus,
    channels,
    mariadb,
    redis,
    async close() {
      await world.close()
      for (const sfu of sfus) await sfu.close()
      for (const channel of channels) await channel.close()
      await mariadb.kill('SIGKILL')
      await redis.kill('SIGKILL')
    },
  }
}
