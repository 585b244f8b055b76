// `node backendProcess.ts DATA_DIR PORT TOKEN_LIFETIME_S`: the embedded backend as `npm run backend` runs it, with one thing more: how
// long tokens are good for.
import process from 'node:process'
import { startBackend } from '../../../src/backend/startBackend.ts'

const [dataDir = '', port, accessTokenLifetimeS] = [
  process.argv[2],
  Number(process.argv[3]),
  Number(process.argv[4]),
]
const backend = await startBackend({ dataDir, port, accessTokenLifetimeS, livekit: 'auto' })
if (!backend.ok) throw new Error(backend.error.message)
process.stdout.write(`${JSON.stringify(backend.value.connection())}\n`)
process.on('SIGTERM', () => void backend.value.stop().then(() => process.exit(0)))
// Whoever started us is gone.
process.stdin.on('end', () => process.exit(0)).resume()
