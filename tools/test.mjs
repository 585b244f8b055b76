// `npm test`: sets up what is missing, then runs every suite under the project's own Node. Needs nothing installed.
import { spawn } from 'node:child_process'
import process from 'node:process'
import { ensureChromium } from './setup/ensureChromium.mjs'
import { ensureDependencies } from './setup/ensureDependencies.mjs'
import { superviseChild } from './setup/superviseChild.mjs'

try {
  const { nodePath } = await ensureDependencies()
  await ensureChromium()
  superviseChild(
    spawn(nodePath, ['tools/test/runAll.ts', ...process.argv.slice(2)], { stdio: 'inherit' }),
    'tests',
  )
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
