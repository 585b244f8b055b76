// `npm run backend -- [switches]`: the embedded backend alone, under the project's own Node.
import { spawn } from 'node:child_process'
import process from 'node:process'
import { ensureDependencies } from './setup/ensureDependencies.mjs'
import { superviseChild } from './setup/superviseChild.mjs'

// Standard output is for the backend's one line of JSON.
const { nodePath } = await ensureDependencies((line) => console.error(line))
superviseChild(
  spawn(nodePath, ['src/backend/cli.ts', ...process.argv.slice(2)], { stdio: 'inherit' }),
  'backend',
)
