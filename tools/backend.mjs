// `npm run backend -- [switches]`: the embedded backend alone, under the project's own Node.
import { spawn } from 'node:child_process'
import process from 'node:process'
import { ensureDependencies } from './setup/ensureDependencies.mjs'

const { nodePath } = await ensureDependencies()
const backend = spawn(nodePath, ['src/backend/cli.ts', ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => backend.kill(signal))
backend.once('exit', (code) => {
  process.exitCode = code ?? 1
})
