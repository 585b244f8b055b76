// `npm start -- [switches]`: sets up what is missing, builds what has changed, opens the app. Needs nothing but Node 20.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { chooseRuntime } from './setup/chooseRuntime.mjs'
import { ensureBuild } from './setup/ensureBuild.mjs'
import { ensureDependencies, projectFolder } from './setup/ensureDependencies.mjs'
import { superviseChild } from './setup/superviseChild.mjs'

const usage = `Usage: npm start -- [switches]

Opens Studyhall; sets up and builds what is missing first.

  --profile NAME  another person on this machine, with an account and settings of their own
  --help          this text

Every other switch goes to Chromium, for example --remote-debugging-port=9333 or
--use-fake-device-for-media-stream --use-fake-ui-for-media-stream. The variables are in .env.example.`

const startedMs = performance.now()
const say = (line) => console.log(line)

try {
  await start(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function start(switches) {
  if (switches.includes('--help')) return say(usage)
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'))
  say(`Studyhall ${version}`)
  const { nodePath } = await ensureDependencies(say)
  const runtime = await chooseRuntime(nodePath, say)
  const { built, tookMs } = await ensureBuild(nodePath, say)
  if (built) say(`  built in ${(tookMs / 1000).toFixed(1)} s`)
  say(`Runtime: ${runtime.words}.`)
  say(
    `Opening after ${Math.round(performance.now() - startedMs)} ms of setting up. To stop: close the window, or Ctrl+C here.`,
  )
  launch(runtime, switches)
}

function launch(runtime, switches) {
  const child = spawn(runtime.command, [...runtime.args, ...switches], {
    cwd: process.cwd(),
    env: { ...process.env, ...runtime.env },
    // The channel tells the runtime when this process is gone, however it ended.
    stdio: runtime.kind === 'chromium' ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  })
  superviseChild(child, 'app')
}
