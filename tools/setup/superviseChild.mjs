import process from 'node:process'

/**
 * Lets a child process live and end with this one: signals are passed on, its exit code becomes ours, and when npm is ended,
 * whose shell passes no signals on, the child is asked to stop as well.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} name what a person calls it
 */
export function superviseChild(child, name) {
  whenOrphaned(() => child.kill('SIGTERM'))
  // The terminal gives Ctrl+C to both processes; the child ends in its own time and this one waits for it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`The ${name} could not be started: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code) => process.exit(code ?? 1))
}

/** Ended, npm and its shell leave this process without its parent. */
function whenOrphaned(stop) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, 250)
}
