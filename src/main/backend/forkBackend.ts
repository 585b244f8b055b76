import { existsSync } from 'node:fs'
import { utilityProcess } from 'electron'
import type { BackendMessage } from '../../shared/backend/messages.ts'
import type { BackendProcess } from './backendSupervisor.ts'

interface BackendPlaces {
  readonly entry: string
  readonly dataFolder: string
}

/**
 * Starts the backend in an Electron utility process; its stdout and stderr join the app's own. It finds the migrations by
 * itself, from where its entry is: beside the repository's `out`, or in the packaged app's archive, which it can read too.
 */
export function forkBackend(places: BackendPlaces): BackendProcess {
  if (!existsSync(places.entry)) return absentBackend()
  const child = utilityProcess.fork(places.entry, ['--data-dir', places.dataFolder], {
    serviceName: 'Studyhall backend',
    stdio: 'inherit',
    env: { ...process.env, STUDYHALL_DATA_DIR: places.dataFolder },
  })
  return {
    postMessage: (command) => child.postMessage(command),
    kill: () => void child.kill(),
    onMessage: (listener) => child.on('message', (message: BackendMessage) => listener(message)),
    onExit: (listener) => child.on('exit', listener),
  }
}

/** A build without the backend says so instead of crashing again and again. */
function absentBackend(): BackendProcess {
  let exited: (code: number) => void = () => undefined
  return {
    postMessage: () => exited(0),
    kill: () => exited(0),
    onMessage: (listener) => {
      const message = 'This build of Studyhall has no built-in backend. Install it again.'
      queueMicrotask(() => listener({ kind: 'failed', failure: { kind: 'postgres-missing', message } }))
    },
    onExit: (listener) => {
      exited = listener
    },
  }
}
