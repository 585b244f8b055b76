// `npm start -- [switches]`: sets up what is missing, builds what has changed, opens the app. Needs nothing but Node 20.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { chooseRuntime } from './setup/chooseRuntime.mjs'
import { ensureBuild } from './setup/ensureBuild.mjs'
import { ensureDependencies, projectFolder } from './setup/ensureDependencies.mjs'

const startedMs = performance.now()
const say = (line) => console.log(line)

try {
  await start(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function start(switches) {
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
  whenOrphaned(() => child.kill('SIGTERM'))
  // The terminal gives Ctrl+C to both processes; the app ends in its own time and this one waits for it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`The app could not be started: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
    process.exit()
  })
}

/** npm runs scripts through a shell that does not pass signals on: ended, it leaves this process without its parent. */
function whenOrphaned(stop) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, 250)
}
