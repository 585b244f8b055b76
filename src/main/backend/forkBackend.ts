import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { utilityProcess } from 'electron'
import type { BackendMessage } from '../../shared/backend/messages.ts'
import type { BackendProcess } from './backendSupervisor.ts'

/** What the backend's process is told of the machine, as environment variables beside the inherited ones. */
interface BackendPlaces {
  readonly entry: string
  readonly dataFolder: string
  /** The folder that holds `supabase/`: the repository, or the packaged app's archive, which this process can read too. */
  readonly resources: string
}

/** Starts the backend in an Electron utility process; its stdout and stderr join the app's own. */
export function forkBackend(places: BackendPlaces): BackendProcess {
  if (!existsSync(places.entry)) return absentBackend()
  const child = utilityProcess.fork(places.entry, ['--data-dir', places.dataFolder], {
    serviceName: 'Studyhall backend',
    stdio: 'inherit',
    env: {
      ...process.env,
      STUDYHALL_DATA_DIR: places.dataFolder,
      STUDYHALL_SUPABASE_DIR: join(places.resources, 'supabase'),
    },
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
