import { utilityProcess } from 'electron'
import type { HookMessage } from './hookMessages.ts'
import type { HookProcess } from './talkKey.ts'

interface HookPlaces {
  readonly entry: string
  /** The folder whose `node_modules` holds `uiohook-napi`: the repository, or `hook` in the packaged app's resources. */
  readonly modules: string
}

/** Starts the listening process. What the native code writes goes nowhere. */
export function forkHook(places: HookPlaces, hookCode: number): HookProcess {
  const args = ['--key', String(hookCode), '--modules', places.modules]
  const child = utilityProcess.fork(places.entry, args, {
    serviceName: 'Studyhall key to talk',
    stdio: 'ignore',
  })
  return {
    onMessage: (listener) => child.on('message', (message: HookMessage) => listener(message)),
    onExit: (listener) => child.on('exit', listener),
    kill: () => void child.kill(),
  }
}
