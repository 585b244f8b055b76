// `npm test`: sets up what is missing, then runs every suite under the project's own Node. Needs nothing installed.
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { ensureChromium } from './setup/ensureChromium.mjs'
import { ensureDependencies } from './setup/ensureDependencies.mjs'

const { nodePath } = await ensureDependencies()
await ensureChromium()
const run = spawnSync(nodePath, ['tools/test/runAll.ts', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = run.status ?? 1
