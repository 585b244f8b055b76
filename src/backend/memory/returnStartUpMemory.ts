import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Log } from '../log/log.ts'

/** Late enough for the first page to have asked what it asks at once. */
const DELAY_MS = 10_000

/**
 * Gives the memory back that starting has used, once. A process that does nothing collects nothing, so that what loading and the first
 * statements have left behind would stay for as long as the app is idle. Takes some hundredths of a second of this process, in which
 * nobody is served; it is done at a time at which nobody is likely to wait.
 */
export function returnStartUpMemory(log: Log, delayMs = DELAY_MS): void {
  const timer = setTimeout(() => {
    const startMs = performance.now()
    collect()
    log.info(`memory: what starting had used is given back (${Math.round(performance.now() - startMs)} ms)`)
  }, delayMs)
  // Whoever stops before that does not wait for it.
  timer.unref()
}

/** V8 has no other way to be asked from within; the flag shows in a context made after it was set, and nowhere else. */
function collect(): void {
  setFlagsFromString('--expose-gc')
  const collectGarbage: unknown = runInNewContext('globalThis.gc')
  setFlagsFromString('--no-expose-gc')
  // `last-resort` also shrinks the space for new objects, and gives pages back.
  if (typeof collectGarbage === 'function') collectGarbage({ type: 'major', flavor: 'last-resort' })
}
