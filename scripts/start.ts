// `npm start`: gets what the product needs, builds the web client and becomes the server.
import { execve, env as given } from 'node:process'
import { join } from 'node:path'
import { buildClient } from './client-build.ts'
import { runScript, SetupError } from './run.ts'
import { findWorkerBin } from './worker/find.ts'

const root = join(import.meta.dirname, '..')

await runScript(async () => {
  if (execve === undefined)
    throw new SetupError('Bedside runs on Linux and macOS; on Windows, use WSL or docker compose.')
  const workerBin = await findWorkerBin()
  await buildClient(root)
  const env: NodeJS.ProcessEnv = {
    DATA_DIR: join(root, 'data'),
    PORT: '3000',
    // The demo clinic makes the first start worth looking at; a real clinic must never get one.
    ...(given['NODE_ENV'] === 'production' ? {} : { BEDSIDE_DEMO: '1' }),
    ...given,
    MEDIASOUP_WORKER_BIN: workerBin,
  }
  // The server takes this process's place, so signals and the exit code are its own and no memory is spent on us.
  execve(process.execPath, [process.execPath, join(root, 'server/main.ts')], env)
})
