import process from 'node:process'
import { namespaceProcesses } from './namespaces.ts'
import type { Place } from './network.ts'

/** Sends a signal to everything that runs in the place: SIGSTOP is sleep, SIGCONT waking up, SIGKILL a pulled plug. */
export async function signalPlace(place: Place, name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): Promise<void> {
  for (const pid of await namespaceProcesses(place.namespace)) {
    try {
      process.kill(pid, name)
    } catch {
      // It has ended by itself meanwhile.
    }
  }
}
