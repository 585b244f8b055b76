import { join } from 'node:path'
import type { MainLog } from '../log/mainLog.ts'
import { makeSeekable, type SeekableFailure } from './makeSeekable.ts'
import type { UnfinishedFilms } from './unfinishedFilms.ts'

/** Gives films their length and index, one after the other, beside whatever else goes on. */
export interface Finisher {
  /** A film begins. Should the app crash, the next start finishes it. */
  readonly handleBegun: (name: string) => void
  /** The film is closed: it is its turn once those before it are done. */
  readonly finish: (name: string) => void
  /** Not this one (any more): nothing touches it once this resolves. */
  readonly drop: (name: string) => Promise<void>
  /** Finishes what earlier runs of this profile have left. */
  readonly resume: () => void
  /** What is under way is given up; the next start does it. */
  readonly dispose: () => Promise<void>
}

/** These may be gone the next time: a player has closed the file, the disk has room again. */
const laterKinds = new Set<SeekableFailure['kind']>(['stopped', 'noSpace', 'disk'])

interface Current {
  readonly name: string
  readonly controller: AbortController
  readonly making: Promise<unknown>
}

export function createFinisher(deps: {
  readonly folder: () => string
  readonly unfinished: UnfinishedFilms
  readonly log: MainLog
}): Finisher {
  const { unfinished, log } = deps
  const waiting: string[] = []
  let current: Current | null = null
  let work: Promise<void> = Promise.resolve()
  let isOver = false

  async function run(): Promise<void> {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const controller = new AbortController()
      const making = makeSeekable(join(deps.folder(), name), controller.signal)
      current = { name, controller, making }
      const made = await making
      current = null
      if (!made.ok) log.warn(`recording: no index was made: ${made.error.kind}`)
      if (made.ok || !laterKinds.has(made.error.kind)) unfinished.remove(name)
    }
  }

  function finish(name: string): void {
    if (isOver || waiting.includes(name) || current?.name === name) return
    waiting.push(name)
    if (waiting.length === 1 && current === null) work = work.then(run)
  }

  function forget(name: string): void {
    const at = waiting.indexOf(name)
    if (at >= 0) waiting.splice(at, 1)
  }

  return {
    handleBegun: unfinished.add,
    finish,
    async drop(name) {
      forget(name)
      if (current?.name === name) {
        current.controller.abort()
        await current.making
      }
      unfinished.remove(name)
    },
    resume() {
      for (const name of unfinished.names()) finish(name)
    },
    async dispose() {
      isOver = true
      waiting.length = 0
      current?.controller.abort()
      await work
    },
  }
}
