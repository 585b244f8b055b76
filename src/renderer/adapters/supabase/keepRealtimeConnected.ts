import type { SupabaseClient } from '@supabase/supabase-js'
import { abandonSockets } from './ImpatientSocket.ts'

/** Realtime's connection, as far as it has to be helped. */
export interface RealtimeKeeper {
  /** A new connection at once: for a network that is back, or another than before. */
  reconnect(): void
  /** A new connection if this one does not answer within a second: for a network that may be another than before. */
  check(): void
  dispose(): void
}

/** What the keeper goes by; all of it is the browser's own. */
export interface KeeperSurroundings {
  /** Whether supabase-js waits for the window to be shown again. */
  isHidden(): boolean
  /** How long to wait before the next try. */
  delayMs(tries: number): number
}

/** A round trip of half a second, twice. */
const ANSWER_PATIENCE_MS = 1_000
/** Reconnecting that is under way may take this long before it counts as not done. */
const PATIENCE_MS = 4_000
/** The network that is back is told of by more than one: what was begun this short a time ago answers all of them. */
const SAME_MS = 500

/**
 * supabase-js reconnects by itself, except in a hidden window, where it waits to be shown again. People study in another window, and
 * whoever comes into their room meanwhile must reach them: what is closed for a while is opened from here.
 */
export function keepRealtimeConnected(
  client: SupabaseClient,
  surroundings: KeeperSurroundings,
): RealtimeKeeper {
  let closedSinceMs: number | null = null
  let tries = 0
  let reconnectedAtMs = -Infinity
  let isAnswered = false
  let checking: ReturnType<typeof setTimeout> | undefined

  function reconnect(): void {
    const { realtime } = client
    const nowMs = performance.now()
    if (realtime.getChannels().length === 0 || nowMs - reconnectedAtMs < SAME_MS) return
    reconnectedAtMs = nowMs
    // In this order: channels hear of the end, the wait for the next try ends, and the next one begins.
    abandonSockets()
    void realtime.disconnect()
    realtime.connect()
  }

  function check(): void {
    const { realtime } = client
    if (checking !== undefined || !realtime.isConnected()) return
    isAnswered = false
    checking = setTimeout(() => {
      checking = undefined
      if (!isAnswered) reconnect()
    }, ANSWER_PATIENCE_MS)
    // With one under way, another would be taken for the end of it.
    if (realtime.pendingHeartbeatRef === null) void realtime.sendHeartbeat()
  }

  client.realtime.onHeartbeat((status) => {
    if (status === 'ok') isAnswered = true
  })

  const timer = setInterval(() => {
    const { realtime } = client
    if (realtime.getChannels().length === 0 || realtime.isConnected() || !surroundings.isHidden()) {
      closedSinceMs = null
      tries = 0
      return
    }
    const nowMs = performance.now()
    closedSinceMs ??= nowMs
    if (nowMs - closedSinceMs < PATIENCE_MS + (tries === 0 ? 0 : surroundings.delayMs(tries))) return
    closedSinceMs = nowMs
    tries += 1
    if (!realtime.isConnecting()) reconnect()
  }, 1_000)

  return {
    reconnect,
    check,
    dispose() {
      clearInterval(timer)
      clearTimeout(checking)
    },
  }
}
