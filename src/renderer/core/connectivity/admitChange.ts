import type { MachineChange } from '../../../shared/machine/machineFigures.ts'
import type { ConnectivityChange } from '../ports/connectivity.ts'

/** Who noticed: the page by what its browser tells, or the main process by what the system tells. */
export type ChangeSource = 'page' | 'system'

/** Who told each change last, and when. */
export type ToldChanges = Readonly<
  Partial<Record<ConnectivityChange, { readonly source: ChangeSource; readonly atMs: number }>>
>

/** The two notice the same thing within this time: the system's networks are looked at every 2 s, the page's clock every second. */
const SAME_MS = 5_000

/**
 * Whether a change is news: what the other source has just told is none. What the same source tells again is, because it has
 * happened again.
 */
export function admitChange(
  told: ToldChanges,
  change: ConnectivityChange,
  source: ChangeSource,
  nowMs: number,
): { readonly told: ToldChanges; readonly isNews: boolean } {
  const last = told[change]
  const isKnown = last !== undefined && last.source !== source && nowMs - last.atMs < SAME_MS
  return isKnown
    ? { told, isNews: false }
    : { told: { ...told, [change]: { source, atMs: nowMs } }, isNews: true }
}

/** What a change of the computer means to the network; null: nothing. Who unlocks it may have carried it elsewhere. */
export function selectConnectivityChange(change: MachineChange): ConnectivityChange | null {
  switch (change) {
    case 'resumed':
      return 'resumed'
    case 'networkBack':
      return 'online'
    case 'networkChanged':
    case 'unlocked':
      return 'changed'
    case 'suspending':
    case 'locked':
      return null
  }
}
