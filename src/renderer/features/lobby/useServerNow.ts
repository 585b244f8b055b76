import { useStore } from 'zustand'
import { useSession } from '../../stores/services.ts'
import { useNow } from './useNow.ts'

/** Minutes are shown: one that is this much late bothers nobody, and the list is looked at this seldom. */
const INTERVAL_MS = 15_000

/** The time by the server's clock, which rooms' timers count by, for a whole list. Milliseconds since 1970. */
export function useServerNow(): number {
  const { lobby } = useSession()
  const aheadMs = useStore(lobby.store, ({ clockAheadMs }) => clockAheadMs)
  return useNow(INTERVAL_MS) + aheadMs
}
