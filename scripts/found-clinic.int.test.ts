import { once } from 'node:events'
import { deepEqual, equal, match } from 'node:assert/strict'
import { signIn } from '#shared/identity.ts'
import { createServer } from '#server/compose.ts'
import { parseConfig } from '#server/config.ts'
import { Client } from '#test/support/client.ts'
import { sharedMariadb } from '#test/support/mariadb.ts'
import { startProgram } from '#test/support/program.ts'
import { tempFolder } from '#test/support/temp.ts'

for (const engine of ['sqlite', 'mariadb'] as const) {
  describe(`Founding a clinic of one's own on ${engine}`, function () {
    this.timeout(60_000)
    let settings: Record<string, string>

    before(async () => {
      settings = {
        NODE_ENV: 'test',
        PORT: '0',
        DATA_DIR: await tempFolder('founding'),
        BEDSIDE_SECRET: 'b3X9wq7LrT2uVn5Zk8PmJd4HsFy6CgEaNiQoRtUv',
        LOG_LEVEL: 'error',
        ...(engine === 'mariadb'
          ? { DATABASE_URL: await (await sharedMariadb()).createDatabase('founding') }
          : {}),
      }
    })

    const words = ['--clinic', 'Harbour Clinic', '--zone', 'Asia/Singapore', '--name', 'Grace Tan', '--email', 'grace@harbour.example'] // prettier-ignore
    async function founds(...args: string[]): Promise<{ code: number | null; text: string }> {
      const program = startProgram('scripts/found-clinic.ts', settings, args)
      // Only then all that it said has arrived.
      await once(program.child, 'close')
      return { code: program.child.exitCode, text: program.text() }
    }

    it('says what it needs to know, and makes nothing of half of it', async () => {
      for (const args of [[], words.slice(0, 6), [...words.slice(0, 3), 'Mars/Crater', ...words.slice(4)]]) {
        const { code, text } = await founds(...args)
        equal(code, 1)
        match(text, /--clinic "Harbour Clinic" --zone/)
      }
    })

    it('gives the first administrator a password, once, who can sign in; the next one is added by them', async () => {
      const { code, text } = await founds(...words)
      equal(code, 0, text)
      const password = /only now:\s+(\S{20})\s/.exec(text)?.[1]
      const again = await founds(...words)
      deepEqual([again.code, /administrator already/.test(again.text)], [1, true])
      const server = await createServer(parseConfig(settings), { clientDir: null, sfus: new Map() })
      try {
        const body = { email: 'grace@harbour.example', password: password ?? '' }
        const me = await new Client(server.url).call(signIn, { body })
        deepEqual([me.role, me.displayName, me.organization.name], ['administrator', 'Grace Tan', 'Harbour Clinic']) // prettier-ignore
        equal((await server.house.audit.verify()).broken, null)
      } finally {
        await server.close()
      }
    })
  })
}
